import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type pg from 'pg'
import { createEventReader } from './event-reader.ts'
import { type HttpConnection, openHttp } from './http-load.ts'
import { createLatencies } from './latency.ts'

/** The utterances of one phase, as sent and as heard by all readers. Numbers are places in the arrays. */
export type Board = ReturnType<typeof createBoard>

export function createBoard(total: number, readers: number) {
  const sentAt = new Float64Array(total)
  const heard = new Uint16Array(total)
  const latencies = createLatencies()
  return {
    total,
    latencies,
    sent: (n: number) => {
      sentAt[n] = performance.now()
    },
    hear: (n: number) => {
      heard[n] = (heard[n] as number) + 1
      latencies.record(performance.now() - (sentAt[n] as number))
    },
    /** Utterances that did not come exactly once to each reader. */
    wrong: () => heard.filter((times) => times !== readers).length,
    missing: () => heard.some((times) => times < readers),
  }
}

export async function makeReaderKey(sql: pg.Client): Promise<string> {
  const key = `tone_reader_${randomBytes(24).toString('hex')}`
  const hash = createHash('sha256').update(key).digest()
  const text = `INSERT INTO api_keys (name, key_hash, role, created_at) VALUES ('bench', $1, 'reader', now())`
  await sql.query(text, [hash])
  return key
}

/** A reader of the live stream; resolves when the server greeted it. */
export function openReader(port: number, request: string, hear: (n: number) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const read = createEventReader({ hello: () => resolve(socket), said: hear })
    const callback = (size: number, buffer: Uint8Array) => {
      read(Buffer.from(buffer.buffer, buffer.byteOffset, size))
      return true
    }
    const onread = { buffer: Buffer.allocUnsafe(65_536), callback }
    const socket: Socket = connect({ port, host: '127.0.0.1', onread } as never)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a stream')))
    socket.on('connect', () => socket.write(request))
  })
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Connections that speak; those that wait for no answer are `free`. */
export type Speakers = { all: HttpConnection[]; free: number[]; failed: Promise<never> }

export async function openSpeakers(port: number, count: number): Promise<Speakers> {
  const free = Array.from({ length: count }, (_, at) => at)
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const answered = (at: number) => (status: number) => {
    if (status !== 201) fail(new Error(`an utterance was answered with ${status}`))
    free.push(at)
  }
  const opening = free.map((at) => openHttp(port, answered(at), (error) => fail(error)))
  return { all: await Promise.all(opening), free, failed }
}

const tickMs = 5

/** Speaks `rate` times a second, however long the answers take. */
export async function speak(
  { all, free }: Speakers,
  say: (n: number) => string,
  board: Board,
  rate: number,
): Promise<void> {
  const begun = performance.now()
  for (let n = 0; n < board.total; ) {
    const due = Math.min(board.total, Math.floor(((performance.now() - begun) / 1_000) * rate) + 1)
    for (; n < due && free.length > 0; n += 1) {
      board.sent(n)
      all[free.shift() as number]?.send(say(n))
    }
    await pause(tickMs)
  }
}
