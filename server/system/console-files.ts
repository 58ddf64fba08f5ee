import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What the console's page may load; everything is ours, nothing inline but the one style with the nonce. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Files of a page are for our own pages alone. */
const fileHeaders = { 'cross-origin-resource-policy': 'same-origin' }

/** A page of ours shares nothing with other origins' windows and asks for no device but the crew's place. */
export const pageHeaders = {
  ...fileHeaders,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(self), payment=(), usb=(), serial=(), bluetooth=(), hid=()',
  'x-frame-options': 'DENY',
}

/** Addresses of the one page; it looks at its own address for what to show (console/src/frame/paths.ts). */
const pagePaths = ['/', '/account', '/keys', '/people']

/** Serves the built console: the page at its addresses, its hashed files for ever. */
export async function serveConsole(app: FastifyInstance, dist: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
    preCompressed: true,
    setHeaders: (reply) => {
      for (const [name, value] of Object.entries(fileHeaders)) reply.header(name, value)
    },
  })
  const servePage = async (_request: FastifyRequest, reply: FastifyReply) => {
    const page = await readFile(join(dist, 'index.html'), 'utf8')
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers({ ...pageHeaders, 'content-security-policy': pagePolicy(nonce) })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__NONCE__', nonce))
  }
  for (const path of pagePaths) app.get(path, servePage)
  app.get('/favicon.svg', (_request, reply) => reply.headers(fileHeaders).sendFile('favicon.svg', dist))
}
