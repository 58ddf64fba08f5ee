import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Input, Operation, Reply } from '@toneout/contract/operation.ts'
import { type OperationId, type Operations, operations } from '@toneout/contract/operations/all.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  RouteHandlerMethod,
} from 'fastify'
import { createFairShare, type FairShare } from '../fair-share.ts'
import type { LimitedCaller, Limits } from '../limits-of-callers.ts'
import { fieldErrors, holdBack, sendRefusal } from './answer.ts'
import { replySchema } from './compile-reply.ts'
import { refuseFaults } from './parse-body.ts'

/** Who calls, as the credential says. */
export type Caller = {
  /** With the request it acts by, which what it changes is written down with. */
  actor: Actor & { request_id?: string }
  role: LimitedCaller['role']
  via: 'key' | 'token' | 'session'
  /** How colleagues know a person, where that is told. */
  displayName?: string
  /** What the caller must do before anything but what is about the own sign-in; undefined for nothing. */
  held?: Refusal
  /** Limits of its own; undefined or none for those of its role. */
  limits?: LimitedCaller['limits']
}

export type Exchange = { caller: Caller; request: FastifyRequest; reply: FastifyReply }
export type Handler<O extends Operation> = (
  input: Input<O>,
  exchange: O['who'] extends 'anyone' ? Omit<Exchange, 'caller'> : Exchange,
) => Promise<Reply<O> | Refusal>

/** One handler an operation: a missing one is a compile error in app.ts. */
export type Handlers = { [Id in OperationId]: Handler<Operations[Id]> }
export type SomeHandlers<Id extends OperationId> = Pick<Handlers, Id>

/** undefined: no credential was given. */
export type Authenticate = (request: FastifyRequest) => Promise<Admitted> | Admitted
type Admitted = Caller | Refusal | undefined

export type Way = { authenticate: Authenticate; limits: Limits }

type Guard = (request: FastifyRequest) => Promise<Admitted> | Admitted

/** What somebody may do who must first put the own sign-in in order. */
const isOwnSignIn = ({ path }: Operation) => path === '/api/me/' || path.startsWith('/api/auth/')

/** Why the caller may not call the operation; undefined when it may. */
export function refuseCaller(operation: Operation, caller: Caller): Refusal | undefined {
  if (operation.who === 'anyone') return undefined
  if (caller.held && !isOwnSignIn(operation)) return caller.held
  if (operation.who.includes(caller.role)) return undefined
  return refuse('forbidden', { detail: operation.forbidden })
}

/** Lets in who may call the operation, at the rate allowed. */
function guard(operation: Operation, way: Way): Guard {
  const { who, counted } = operation
  const { limits } = way
  if (who === 'anyone') {
    if (counted === 'never') return () => undefined
    return ({ ip }) => (counted === 'sign_in' ? limits.signIn(ip) : limits.stranger(ip))
  }
  const judge = (request: FastifyRequest, caller: Admitted) => {
    if (!caller) return limits.stranger(request.ip) ?? refuse('not_authenticated')
    if (isRefusal(caller)) return limits.stranger(request.ip) ?? caller
    return limits.known(caller) ?? refuseCaller(operation, caller) ?? caller
  }
  return (request) => {
    const found = way.authenticate(request)
    return found instanceof Promise ? found.then((caller) => judge(request, caller)) : judge(request, found)
  }
}

/** Parses what the operation declares; all faults of all parts at once. */
function parse(operation: Operation, request: FastifyRequest): Input<Operation> | Refusal {
  const unsafe = refuseFaults(request.params) ?? refuseFaults(request.query)
  if (unsafe) return unsafe
  const input: Record<string, unknown> = {}
  const issues = []
  for (const part of ['params', 'query', 'headers', 'body'] as const) {
    const parsed = operation[part]?.safeParse(request[part])
    if (parsed?.success) input[part] = parsed.data
    else if (parsed) issues.push(...parsed.error.issues)
  }
  if (issues.length > 0) return refuse('invalid', { fields: fieldErrors(issues) })
  return input as Input<Operation>
}

const form = 'application/x-www-form-urlencoded'

const callers = new WeakMap<FastifyRequest, Caller>()

/** Before the body is read: a stranger's body is not parsed. */
function admission(operation: Operation, way: Way): onRequestHookHandler {
  const admit = guard(operation, way)
  return (request, reply, done) => {
    const decide = (caller: Admitted) => {
      if (isRefusal(caller)) {
        const answer = caller.refused === 'rate_limited' ? holdBack : sendRefusal
        return void answer(request, reply, caller)
      }
      // A caller is remembered from request to request, so each request has an actor of its own.
      if (caller) callers.set(request, { ...caller, actor: { ...caller.actor, request_id: request.id } })
      done()
    }
    try {
      const admitted = admit(request)
      // Most callers are known without a wait; a promise for each would cost a turn of the event loop.
      if (admitted instanceof Promise) admitted.then(decide, done)
      else decide(admitted)
    } catch (error) {
      done(error as Error)
    }
  }
}

/** Once the body is read: attempts to sign in are counted by name too. */
function limitName(operation: Operation, { limits }: Way, { body }: Input<Operation>, ip: string) {
  if (operation.counted !== 'sign_in') return undefined
  const name = (body as { username?: unknown } | undefined)?.username
  return typeof name === 'string' ? limits.signIn(ip, name) : undefined
}

/** The handler once the caller's turn has come; a stream, which may replay for long, waits for none. */
function takeTurn(operation: Operation, fair: FairShare, handler: Handler<Operation>): Handler<Operation> {
  if (operation.media === 'text/event-stream') return handler
  return async (input, exchange) => {
    const actor = exchange.caller?.actor
    if (!actor) return handler(input, exchange)
    const caller = `${actor.kind} ${actor.id}`
    const turn = fair.enter(caller)
    try {
      if (turn) await turn
      return await handler(input, exchange)
    } finally {
      fair.leave(caller)
    }
  }
}

function routeHandler(operation: Operation, way: Way, handler: Handler<Operation>): RouteHandlerMethod {
  return async (request, reply) => {
    if (!operation.form && request.headers['content-type']?.startsWith(form)) {
      return sendRefusal(request, reply, refuse('unsupported_media_type'))
    }
    const input = parse(operation, request)
    if (isRefusal(input)) return sendRefusal(request, reply, input)
    const over = limitName(operation, way, input, request.ip)
    if (over) return sendRefusal(request, reply, over)
    const answer = await handler(input, { caller: callers.get(request) as Caller, request, reply })
    if (reply.sent) return reply
    if (isRefusal(answer)) return sendRefusal(request, reply, answer)
    reply.code(answer.status)
    // What is served from files knows its own type.
    if (operation.media && !reply.hasHeader('content-type')) {
      reply.header('content-type', `${operation.media}; charset=utf-8`)
    }
    return reply.send(answer.body)
  }
}

/** Makes a route of every operation of the contract. */
export function mountOperations(app: FastifyInstance, handlers: Handlers, way: Way): void {
  const clock = () => performance.now()
  // What reads takes one or two of the 16 connections of the pool; what writes goes with others in groups.
  // Eight at once still are more than an AI dispatcher's 600 a second on a disk that takes 13 ms to flush.
  const [reads, writes] = [createFairShare(6, clock), createFairShare(8, clock)]
  for (const [id, operation] of Object.entries(operations) as [OperationId, Operation][]) {
    const handler = handlers[id] as unknown as Handler<Operation>
    const fair = operation.method === 'GET' ? reads : writes
    const response: Record<number, unknown> = {}
    for (const [status, reply] of Object.entries(operation.replies)) {
      if (reply && !operation.media) response[Number(status)] = replySchema(reply)
    }
    app.route({
      method: operation.method,
      url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
      schema: { response },
      // A HEAD of a stream would never end.
      exposeHeadRoute: operation.media !== 'text/event-stream',
      onRequest: admission(operation, way),
      handler: routeHandler(operation, way, takeTurn(operation, fair, handler)),
    })
  }
}
