import { z } from 'zod'
import { optionalNumber } from '../model/text.ts'
import { operation } from '../operation.ts'

export const streamFacts = operation({
  method: 'GET',
  path: '/api/stream/',
  group: 'Live',
  summary: 'Follow the timeline (server-sent events)',
  description: [
    'Event `hello` first, its id the cursor to resume from; then one `fact` an event, its id the cursor,',
    'with the rows it is about as they are now. Resume with Last-Event-ID (or `after`): every later fact',
    'follows once, in order. `reset` means that the gap is too long to replay: load the lists again.',
    '`positions` comes at most once a second without an id: units that moved, each where it is now.',
    'A `heartbeat` comes every 5 s with the time.',
  ].join(' '),
  who: ['reader', 'dispatcher', 'supervisor', 'admin'],
  headers: z.object({ 'last-event-id': optionalNumber(0, Number.MAX_SAFE_INTEGER, true) }),
  query: z.strictObject({ after: optionalNumber(0, Number.MAX_SAFE_INTEGER, true) }),
  replies: { 200: z.string() },
  media: 'text/event-stream',
  refusals: ['invalid', 'not_authenticated', 'forbidden'],
})
