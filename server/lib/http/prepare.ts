import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import { refuse } from '@toneout/contract/refusals.ts'
import Fastify, {
  type ConnectionError,
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
} from 'fastify'
import { sendRefusal, toRefusal } from './answer.ts'
import { parseForm, parseJson } from './parse-body.ts'

export type HttpOptions = {
  log: FastifyBaseLogger
  trustProxy: boolean
  corsOrigins: readonly string[]
  /** Whether browsers reach us over TLS. */
  tls: boolean
}

const bodyLimit = 256 * 1_024
const givenId = /^[\w.-]{8,64}$/

/** What Node's parser could not read as HTTP never becomes a request; it is answered on the bare socket. */
function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const status = brokenRequests[error.code ?? ''] ?? '400 Bad Request'
  const body = JSON.stringify({ code: 'invalid', detail: 'The request is not valid HTTP.' })
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${body.length}\r\n\r\n${body}`,
  )
}

const brokenRequests: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/** A Fastify application with the limits, parsers, headers and the error shape that every route shares. */
export async function prepareHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: options.trustProxy,
    requestTimeout: 15_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
    http: { maxHeaderSize: 16_384, headersTimeout: 10_000 },
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => sendRefusal(request, reply, toRefusal(error, request)),
    clientErrorHandler: answerBrokenRequest,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id']
      return typeof given === 'string' && givenId.test(given) ? given : randomUUID()
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      done(null, parseJson(bytes as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
  const form = 'application/x-www-form-urlencoded'
  app.addContentTypeParser(form, { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      done(null, parseForm(bytes as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
  app.setErrorHandler((error, request, reply) => sendRefusal(request, reply, toRefusal(error, request)))
  app.setNotFoundHandler((request, reply) => sendRefusal(request, reply, refuse('not_found')))
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    done()
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: options.tls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  })
  await app.register(cors, { origin: [...options.corsOrigins], credentials: false, maxAge: 600 })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  return app
}

/** Counts requests by key in windows of a minute; gives the seconds to wait when there were too many. */
export function createLimit(app: FastifyInstance) {
  const checks = new Map<number, ReturnType<FastifyInstance['createRateLimit']>>()
  const keys = new WeakMap<object, string>()
  return async (
    request: Parameters<ReturnType<FastifyInstance['createRateLimit']>>[0],
    key: string,
    max: number,
  ) => {
    let check = checks.get(max)
    if (!check) {
      const keyGenerator = (asked: object) => keys.get(asked) ?? ''
      check = app.createRateLimit({ max, timeWindow: 60_000, keyGenerator })
      checks.set(max, check)
    }
    keys.set(request, key)
    const result = await check(request)
    return result.isAllowed || !result.isExceeded ? undefined : result.ttlInSeconds
  }
}
