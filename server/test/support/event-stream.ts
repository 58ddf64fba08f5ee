import http from 'node:http'
import { until } from '../../lib/embedded-postgres/processes.ts'

export type StreamEvent = { id: number | undefined; event: string; data: unknown }

export type EventStream = {
  status: number
  headers: http.IncomingHttpHeaders
  /** Everything that came so far, in order. */
  events: StreamEvent[]
  /** Ids of the facts that came so far. */
  facts: () => number[]
  /** Waits until `count` events of the kind came; gives them. Throws when they do not come in time. */
  take: (event: string, count?: number, withinMs?: number) => Promise<StreamEvent[]>
  isOver: () => boolean
  /** Resolves when the connection ended, whoever ended it. */
  ended: Promise<void>
  /** Stops reading, so that the server's bytes pile up. */
  pause: () => void
  close: () => void
}

function parseEvent(block: string): StreamEvent | undefined {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? []
    if (name !== undefined) fields.set(name, value as string)
  }
  const data = fields.get('data')
  if (data === undefined) return undefined
  const id = fields.get('id')
  return {
    id: id === undefined ? undefined : Number(id),
    event: fields.get('event') ?? 'message',
    data: JSON.parse(data),
  }
}

/** Cuts the text of a stream into events as it comes. */
function collect(reply: http.IncomingMessage, events: StreamEvent[]): void {
  let rest = ''
  reply.setEncoding('utf8')
  reply.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() as string
    for (const block of blocks) {
      const event = parseEvent(block)
      if (event) events.push(event)
    }
  })
}

function waitFor(events: StreamEvent[], isOver: () => boolean) {
  return async (event: string, count = 1, withinMs = 60_000) => {
    const found = () => events.filter((one) => one.event === event)
    await until(() => found().length >= count || isOver(), withinMs, 5)
    if (found().length < count) {
      throw new Error(`${found().length} of ${count} "${event}" came; the stream is over: ${isOver()}`)
    }
    return found().slice(0, count)
  }
}

/** Opens the live stream on a connection of its own; `path` may carry a query. */
export function openStream(
  baseUrl: string,
  headers: Record<string, string>,
  path = '/api/stream/',
): Promise<EventStream> {
  const events: StreamEvent[] = []
  let over = false
  return new Promise((resolve, reject) => {
    const request = http.get(baseUrl + path, { headers, agent: false }, (reply) => {
      collect(reply, events)
      const ended = new Promise<void>((done) =>
        reply
          .on('close', () => {
            over = true
            done()
          })
          .on('error', () => {}),
      )
      resolve({
        status: reply.statusCode ?? 0,
        headers: reply.headers,
        events,
        facts: () => events.flatMap((one) => (one.event === 'fact' ? [Number(one.id)] : [])),
        take: waitFor(events, () => over),
        isOver: () => over,
        ended,
        pause: () => reply.pause(),
        close: () => request.destroy(),
      })
    })
    request.on('error', reject)
  })
}
