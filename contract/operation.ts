import type { z } from 'zod'
import type { RefusalCode } from './refusals.ts'
import type { Role } from './roles.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One thing a client can ask for. The table of these is the contract: routes, validation, compiled reply
 * serialisers, OpenAPI and the typed client are all made from it.
 */
export type Operation = {
  method: Method
  /** Path with `{name}` parameters and the trailing slash clients may leave out. */
  path: string
  group:
    | 'Calls'
    | 'Incidents'
    | 'Dispatch'
    | 'Fleet'
    | 'Places'
    | 'People'
    | 'Access'
    | 'Live'
    | 'Notifications'
    | 'Telephony'
    | 'Audit'
    | 'Analytics'
    | 'System'
  summary: string
  description?: string
  who: 'anyone' | readonly Role[]
  /** Of these, the roles that reach only what is their own; anything else is 404 to them. */
  own?: readonly Role[]
  /** What somebody who may not is told, where clients know a sentence of its own. */
  forbidden?: string
  params?: z.ZodType
  query?: z.ZodType
  headers?: z.ZodType
  body?: z.ZodType
  /** The AI dispatcher's endpoints also take application/x-www-form-urlencoded. */
  form?: boolean
  /** Where no credential is asked for: as an attempt to sign in, or never; else as a stranger's request. */
  counted?: 'sign_in' | 'never'
  /** Status -> JSON body; null for an empty body. */
  replies: Readonly<Record<number, z.ZodType | null>>
  /** Set when the 200 reply is not JSON. */
  media?: 'text/event-stream' | 'text/plain' | 'text/xml' | 'text/html' | 'application/octet-stream'
  refusals: readonly RefusalCode[]
}

/** Keeps the literal types of an operation, so that handlers and the client are typed by it. */
export function operation<const O extends Operation>(o: O): O {
  return o
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined
type In<T> = T extends z.ZodType ? z.input<T> : undefined

type Received<P, Q, H, B> = { params: Out<P>; query: Out<Q>; headers: Out<H>; body: Out<B> }
type Given<P, Q, H, B> = { params: In<P>; query: In<Q>; headers: In<H>; body: In<B> }

/** What a handler receives: parsed, normalised values. */
export type Input<O extends Operation> = Received<O['params'], O['query'], O['headers'], O['body']>

/** What a client sends. */
export type Sent<O extends Operation> = Given<O['params'], O['query'], O['headers'], O['body']>

/** One of the operation's replies, status and body together. */
export type Reply<O extends Operation> = {
  [S in keyof O['replies'] & number]: { status: S; body: Out<O['replies'][S]> }
}[keyof O['replies'] & number]
