import { refuse } from '@toneout/contract/refusals.ts'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { sendRefusal } from './answer.ts'

export type OwnHosts = {
  /** The address people use; without it every Host is taken. */
  publicUrl?: string
  /** Further names of this server, without ports. */
  allowedHosts: readonly string[]
}

/** What programs on this machine call it; of HTTP/1.0 nothing at all. */
const loopback = /^(|localhost|127(\.\d{1,3}){3}|\[::1\])$/
const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/
/** Whoever watches a server asks it by its address; what it is told is the same for everybody. */
const health = /^\/health\/(live|ready)\/?(\?|$)/

/** The name in a Host header, without its port. */
const nameOf = (host: string) => host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase()

/** Whether a program on this machine asks, and no proxy for somebody else. */
function isFromHere({ headers, socket }: FastifyRequest): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  return !isForwarded && loopbackAddress.test(socket.remoteAddress ?? '')
}

/**
 * Refuses requests that were sent to another name than ours: a page of somebody else's that has its name
 * point at this server reads nothing from it. undefined where no name is known.
 */
export function refuseOtherHosts({ publicUrl, allowedHosts }: OwnHosts): onRequestHookHandler | undefined {
  if (publicUrl === undefined) return undefined
  const known = new Set([new URL(publicUrl).hostname, ...allowedHosts.map(nameOf)])
  return (request, reply, done) => {
    const name = nameOf(request.host ?? '')
    if (known.has(name) || (loopback.test(name) && isFromHere(request)) || health.test(request.url)) {
      return done()
    }
    const detail = 'This server has another name: use that of PUBLIC_URL, or list yours in ALLOWED_HOSTS.'
    sendRefusal(request, reply, refuse('invalid', { detail }))
  }
}
