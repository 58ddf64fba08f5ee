import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import cors from '@fastify/cors'
import { refuse } from '@toneout/contract/refusals.ts'
import Fastify, {
  type ConnectionError,
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type onRequestHookHandler,
} from 'fastify'
import { sendRefusal, toRefusal } from './answer.ts'
import { type OwnHosts, refuseOtherHosts } from './known-hosts.ts'
import { parseForm, parseJson } from './parse-body.ts'

export type HttpOptions = OwnHosts & {
  log: FastifyBaseLogger
  trustProxy: boolean
  corsOrigins: readonly string[]
  /** Whether browsers reach us over TLS. */
  tls: boolean
}

const bodyLimit = 256 * 1_024
const givenId = /^[\w.-]{8,64}$/

/** The id of a request: the one it came with, when that is one, or a new one. */
function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && givenId.test(given) ? given : randomUUID()
}

/**
 * For every reply; pages put their own policy in place of this one. Few, because each costs every request.
 */
const replyHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const strictTransport: onRequestHookHandler = (_request, reply, done) => {
  reply.header('strict-transport-security', 'max-age=31536000')
  done()
}

const replyHeaderLines = Object.entries(replyHeaders)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')

/** What Node's parser could not read as HTTP never becomes a request; it is answered on the bare socket. */
function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const status = brokenRequests[error.code ?? ''] ?? '400 Bad Request'
  const body = JSON.stringify({ code: 'invalid', detail: 'The request is not valid HTTP.' })
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      replyHeaderLines +
      `x-request-id: ${randomUUID()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
}

/** Node's own 417 has no words and no id; such a request never becomes one of a route either. */
function answerExpectation(request: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify({ code: 'invalid', detail: 'The Expect header asks for what is not known.' })
  response.writeHead(417, {
    ...replyHeaders,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'x-request-id': requestId(request),
  })
  response.end(body)
}

/** HTTP/1.1 asks for a Host. Node would refuse without words and an id, so it is looked at here. */
const insistOnHost: onRequestHookHandler = (request, reply, done) => {
  const { httpVersion, headers } = request.raw
  if (headers.host !== undefined || httpVersion !== '1.1') return done()
  reply.header('connection', 'close')
  sendRefusal(request, reply, refuse('invalid', { detail: 'The Host header is missing.' }))
}

const brokenRequests: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/** What pages of listed origins may do with a credential of their own; cookies are never for them. */
const corsRules = {
  credentials: false,
  maxAge: 600,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: ['x-request-id', 'link', 'retry-after'],
}

/** A Fastify application with the limits, parsers, headers and the error shape that every route shares. */
export async function prepareHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    // One proxy, the nearest: what is further left in X-Forwarded-For anybody may have written.
    trustProxy: (_address: string, hop: number) => options.trustProxy && hop === 0,
    requestTimeout: 15_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2_000 },
    http: {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      connectionsCheckingInterval: 2_000,
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    // One logger for all requests: a child for each costs more than the line it may never write.
    childLoggerFactory: (logger) => logger,
    // These come before the hooks that set the headers.
    frameworkErrors: (error, request, reply) =>
      sendRefusal(request, reply.headers(replyHeaders), toRefusal(error, request)),
    clientErrorHandler: answerBrokenRequest,
    genReqId: requestId,
  })
  app.server.on('checkExpectation', answerExpectation)
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
    reply.headers(replyHeaders).header('x-request-id', request.id)
    done()
  })
  app.addHook('onRequest', insistOnHost)
  const otherHosts = refuseOtherHosts(options)
  if (otherHosts) app.addHook('onRequest', otherHosts)
  if (options.tls) app.addHook('onRequest', strictTransport)
  if (options.corsOrigins.length > 0) {
    await app.register(cors, { ...corsRules, origin: [...options.corsOrigins] })
  }
  return app
}
