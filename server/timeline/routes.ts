import type { FastifyRequest } from 'fastify'
import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Streams } from './stream.ts'

/** `mayListen` looks at the request's credential again, as it is now. */
export function timelineRoutes(
  streams: Streams,
  mayListen: (request: FastifyRequest) => Promise<boolean>,
): SomeHandlers<'streamFacts'> {
  return {
    streamFacts: async ({ headers, query }, { caller, request, reply }) => {
      const who = `${caller.actor.kind} ${caller.actor.id}`
      const listener = { who, mayStay: () => mayListen(request) }
      const refusal = await streams.open(reply, headers['last-event-id'] ?? query.after, listener)
      return refusal ?? { status: 200, body: '' }
    },
  }
}
