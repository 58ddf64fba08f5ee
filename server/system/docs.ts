import { hash } from 'node:crypto'
import { openapi } from '@toneout/contract/openapi.ts'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { version } from '../lib/version.ts'
import { pageHeaders } from './console-files.ts'

/**
 * The reference page needs styles and workers of its own, all served from here. The scripts within the page
 * are allowed one by one, by their hashes: nothing of a caller is on it, but no other script may ever run.
 */
function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)]
  const hashes = inline.map(([, script = '']) => `'sha256-${hash('sha256', script, 'base64')}'`)
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const configuration = {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
} as const

/**
 * The reference's own small application, loaded when it is first asked for: it weighs 20 MB and few ever
 * look.
 */
async function loadReference(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const inner = Fastify()
  await inner.register(reference, { routePrefix: '/docs', configuration: configuration as never })
  await inner.ready()
  return inner
}

/** `/openapi.json` and the browsable `/docs`, without outside assets. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const document = JSON.stringify(openapi(version))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document))
  let loading: Promise<FastifyInstance> | undefined
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    loading ??= loadReference()
    const page = await (await loading).inject({ method: 'GET', url: request.url })
    const { 'content-type': type, location } = page.headers
    if (location) return reply.redirect(String(location))
    const policy = policyOf(String(type).startsWith('text/html') ? page.payload : '')
    reply.code(page.statusCode).headers({ ...pageHeaders, 'content-security-policy': policy })
    return reply.type(String(type ?? 'text/plain')).send(page.rawPayload)
  }
  app.get('/docs', show)
  app.get('/docs/*', show)
}
