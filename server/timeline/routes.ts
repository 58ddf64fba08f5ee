import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Streams } from './stream.ts'

export function timelineRoutes(streams: Streams): SomeHandlers<'streamFacts'> {
  return {
    streamFacts: async ({ headers, query }, { reply }) => {
      const refusal = await streams.open(reply, headers['last-event-id'] ?? query.after)
      return refusal ?? { status: 200, body: '' }
    },
  }
}
