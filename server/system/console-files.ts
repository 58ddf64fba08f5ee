import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * What the console's page may load; everything is ours, nothing inline but the one style with the nonce.
 * `outside` are the origins that maps were configured to come from.
 */
export function pagePolicy(nonce: string, outside: readonly string[] = []): string {
  const more = outside.map((origin) => ` ${origin}`).join('')
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:${more}`,
    "font-src 'self'",
    "media-src 'self'",
    `connect-src 'self'${more}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Files of a page are for our own pages alone. */
const fileHeaders = { 'cross-origin-resource-policy': 'same-origin' }

/** A script that runs beside a page has a policy of its own: the map's loads tiles and nothing else. */
const workerPolicy = (outside: readonly string[]) =>
  `default-src 'none'; connect-src ${["'self'", ...outside].join(' ')}; frame-ancestors 'none'`

/** A page of ours shares nothing with other origins' windows and asks for no device but the crew's place. */
export const pageHeaders = {
  ...fileHeaders,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(self), payment=(), usb=(), serial=(), bluetooth=(), hid=()',
  'x-frame-options': 'DENY',
}

/** Addresses of the one page; it looks at its own address for what to show (console/src/frame/paths.ts). */
const pagePaths = [
  ...['/', '/account', '/analytics', '/calls', '/calls/:call_sid', '/keys', '/people'],
  ...['/map', '/wall', '/units', '/hospitals', '/stations', '/handover'],
  ...['/channels', '/history', '/imports', '/incidents', '/messages', '/settings'],
]

/** The crew's page loads nothing from elsewhere, has no inline style, and may keep itself on the phone. */
const unitPolicy = pagePolicy('').replace(" 'nonce-'", '').concat("; worker-src 'self'")
/** Its service worker fetches the page and its files, and nothing else. */
const unitWorkerPolicy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"

/** Serves the crew's page, an entry of its own, and its service worker, which reaches no other page. */
function serveUnit(app: FastifyInstance, dist: string): void {
  const headers = { ...pageHeaders, 'content-security-policy': unitPolicy }
  app.get('/unit', async (_request, reply) =>
    reply
      .headers(headers)
      .type('text/html; charset=utf-8')
      .send(await readFile(join(dist, 'phone.html'), 'utf8')),
  )
  app.get('/unit-worker.js', async (_request, reply) =>
    reply
      .headers({ ...fileHeaders, 'content-security-policy': unitWorkerPolicy })
      .type('text/javascript; charset=utf-8')
      .send(await readFile(join(dist, 'unit-worker.js'), 'utf8')),
  )
}

/** Serves the built console: the page at its addresses, its hashed files for ever. */
export async function serveConsole(
  app: FastifyInstance,
  dist: string,
  outside: readonly string[] = [],
): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      if (/worker[^/]*\.m?js(\.(br|gz))?$/.test(path))
        reply.header('content-security-policy', workerPolicy(outside))
      for (const [name, value] of Object.entries(fileHeaders)) reply.header(name, value)
    },
  })
  const servePage = async (_request: FastifyRequest, reply: FastifyReply) => {
    const page = await readFile(join(dist, 'index.html'), 'utf8')
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers({ ...pageHeaders, 'content-security-policy': pagePolicy(nonce, outside) })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('__NONCE__', nonce))
  }
  for (const path of pagePaths) app.get(path, servePage)
  serveUnit(app, dist)
  app.get('/favicon.svg', (_request, reply) => reply.headers(fileHeaders).sendFile('favicon.svg', dist))
}
