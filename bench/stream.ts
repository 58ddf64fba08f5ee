import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { createEventReader, sayNumber } from './event-reader.ts'
import { type HttpConnection, openHttp } from './http-load.ts'
import { createLatencies } from './latency.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Scene, Stage } from './stage.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

const readerCount = 500
const rates = [40, 200]
/** At the lower rate, performance.md. */
const p99TargetMs = 60
const callCount = 64
const tickMs = 5
const patienceMs = 10_000

/** The same utterances as seen by who speaks and by all who read. */
type Board = {
  sentAt: Float64Array
  readersOf: Uint16Array
  record: (sinceSent: number) => void
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function makeReaderKey({ sql }: Scene): Promise<string> {
  const key = `tone_reader_${randomBytes(24).toString('hex')}`
  const hash = createHash('sha256').update(key).digest()
  const text = `INSERT INTO api_keys (name, key_hash, role, created_at) VALUES ('bench', $1, 'reader', now())`
  await sql.query(text, [hash])
  return key
}

/** A reader of the live stream; resolves when it was greeted. */
function openReader(port: number, request: string, board: () => Board): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const read = createEventReader({
      hello: () => resolve(socket),
      said: (n) => {
        const { sentAt, readersOf, record } = board()
        readersOf[n] = (readersOf[n] as number) + 1
        record(performance.now() - (sentAt[n] as number))
      },
    })
    const callback = (size: number, buffer: Uint8Array) => {
      read(Buffer.from(buffer.buffer, buffer.byteOffset, size))
      return true
    }
    const onread = { buffer: Buffer.allocUnsafe(65_536), callback }
    const socket: Socket = connect({ port, host: '127.0.0.1', onread } as never)
    socket.on('error', reject)
    socket.on('connect', () => socket.write(request))
  })
}

/** Speaks `rate` times a second whatever the answers take; resolves when all was answered. */
async function speak(
  connections: readonly HttpConnection[],
  free: number[],
  say: (n: number) => string,
  { rate, total, sentAt }: { rate: number; total: number; sentAt: Float64Array },
): Promise<void> {
  const begun = performance.now()
  for (let n = 0; n < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * rate) + 1)
    for (; n < due && free.length > 0; n += 1) {
      sentAt[n] = performance.now()
      connections[free.shift() as number]?.send(say(n))
    }
    await pause(tickMs)
  }
  const until = performance.now() + patienceMs
  while (free.length < connections.length && performance.now() < until) await pause(tickMs)
}

/** Each reader must have each utterance once. */
async function checkDelivered(board: Board, total: number, rate: number): Promise<void> {
  const delivered = () => board.readersOf.subarray(0, total).every((readers) => readers >= readerCount)
  const until = performance.now() + patienceMs
  while (!delivered() && performance.now() < until) await pause(50)
  const wrong = board.readersOf.subarray(0, total).filter((readers) => readers !== readerCount).length
  if (wrong > 0) throw new NotWhatWasAcknowledged(`stream ${rate}/s: ${wrong} facts did not come once to each`)
}

async function openSpeakers(port: number, free: number[], fail: (error: Error) => void) {
  const open = (at: number) =>
    openHttp(
      port,
      (status) => {
        if (status !== 201) fail(new Error(`an utterance was answered with ${status}`))
        free.push(at)
      },
      fail,
    )
  return Promise.all(Array.from({ length: callCount }, (_, at) => open(at)))
}

async function makeCalls({ sql }: Scene): Promise<string[]> {
  const sids = Array.from({ length: callCount }, () => `CA${randomBytes(16).toString('hex')}`)
  const text = `INSERT INTO calls (call_sid, caller_number, created_at, updated_at)
    SELECT sid, '+15550142', now(), now() FROM unnest($1::text[]) AS sid`
  await sql.query(text, [sids])
  return sids
}
