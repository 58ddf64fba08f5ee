import reference from '@scalar/fastify-api-reference'
import { openapi } from '@toneout/contract/openapi.ts'
import type { FastifyInstance } from 'fastify'
import { version } from '../lib/version.ts'

/** The reference page needs styles and workers of its own, all served from here. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `/openapi.json` and the browsable `/docs`, without outside assets. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const document = JSON.stringify(openapi(version))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document))
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', policy)
    })
    await scope.register(reference, {
      routePrefix: '/docs',
      configuration: {
        url: '/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: 'never',
      } as never,
    })
  })
}
