import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { type HttpConnection, openHttp } from './http-load.ts'
import { createLatencies, type Latencies } from './latency.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { pause } from './stream-parts.ts'

/** Utterances a second of the key that is watched, and connections it has for them. */
const rate = 200
const speakers = 16
/** Connections of the key that floods: each sends as soon as it was answered. */
const flooders = 64
/** What the key that floods may do: the default of an AI dispatcher. */
const floodLimit = 600
const ratioTarget = 2
const warmUpSeconds = 2
const tickMs = 2

type Counts = { passed: number; refused: number }

async function makeFloodKey(sql: pg.Client): Promise<string> {
  const key = `tone_flood_${randomBytes(24).toString('hex')}`
  const text = `INSERT INTO api_keys (name, key_hash, role, rate_limit_per_second, created_at)
    VALUES ('flood', $1, 'ai_dispatcher', $2, now())`
  await sql.query(text, [createHash('sha256').update(key).digest(), floodLimit])
  return key
}

async function makeCall(sql: pg.Client): Promise<string> {
  const sid = `CA${randomBytes(16).toString('hex')}`
  const text = 'INSERT INTO calls (call_sid, created_at, updated_at) VALUES ($1, now(), now())'
  await sql.query(text, [sid])
  return sid
}

/** Speaks at an even rate; what waits for a free connection is late from when it was due. */
async function speak(port: number, request: string, seconds: number): Promise<Latencies> {
  const latencies = createLatencies()
  const free: HttpConnection[] = []
  let [sent, answered] = [0, 0]
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const open = async () => {
    let dueAt = 0
    const connection = await openHttp(
      port,
      (status) => {
        if (status !== 201)
          return fail(new Error(`an utterance beside the flood was answered with ${status}`))
        latencies.record(performance.now() - dueAt)
        answered += 1
        free.push(speaker)
      },
      (error) => fail(error),
    )
    const speaker = {
      send(due: string) {
        dueAt = Number(due)
        connection.send(request)
      },
      close: connection.close,
    }
    return speaker
  }
  const all = await Promise.all(Array.from({ length: speakers }, open))
  free.push(...all)
  const begun = performance.now()
  const total = rate * seconds
  const going = (async () => {
    while (answered < total) {
      for (; sent < total && free.length > 0; sent += 1) {
        const due = begun + (sent * 1_000) / rate
        if (due > performance.now()) break
        free.shift()?.send(String(due))
      }
      await pause(tickMs)
    }
  })()
  await Promise.race([going, failed])
  for (const one of all) one.close()
  return latencies
}

/** Floods until it is stopped; gives how many requests passed and how many were refused. */
async function flood(port: number, request: string): Promise<() => Counts> {
  const counts = { passed: 0, refused: 0 }
  const all: HttpConnection[] = []
  for (let at = 0; at < flooders; at += 1) {
    const connection = await openHttp(
      port,
      (status) => {
        if (status !== 201 && status !== 429) throw new Error(`the flood was answered with ${status}`)
        counts[status === 201 ? 'passed' : 'refused'] += 1
        connection.send(request)
      },
      () => {},
    )
    all.push(connection)
  }
  for (const one of all) one.send(request)
  return () => {
    for (const one of all) one.close()
    return counts
  }
}

type Round = { alone: Latencies; beside: Latencies; counts: Counts }

function toRow(rounds: readonly Round[], seconds: number): Row {
  const p99 = (one: Latencies) => one.quantile(0.99)
  const ratio = spread(rounds.map(({ alone, beside }) => p99(beside) / p99(alone)))
  const perSecond = (kind: keyof Counts) =>
    Math.round(spread(rounds.map(({ counts }) => counts[kind] / seconds)).median)
  const alone = spread(rounds.map((one) => p99(one.alone)))
  return {
    workload: 'flood',
    unit: 'x',
    ours: ratio,
    p50: spread(rounds.map((one) => one.beside.quantile(0.5))),
    p99: spread(rounds.map((one) => p99(one.beside))),
    targets: [{ text: `p99 <= ${ratioTarget} x that without a flood`, met: ratio.median <= ratioTarget }],
    notes: [
      `${rate} utterances/s of one key beside a flood of another, behind one address: its p99 alone is ` +
        `${alone.median.toFixed(1)} ms; of the flood ${perSecond('passed')}/s passed and ` +
        `${perSecond('refused')}/s were refused (limit ${floodLimit}/s)`,
    ],
  }
}

async function prepare(scene: Scene) {
  const { port } = scene.server
  const [call, other] = [await makeCall(scene.sql), await makeCall(scene.sql)]
  const watched = createRequests(port, scene.aiKey).add(call)
  const flooding = createRequests(port, await makeFloodKey(scene.sql)).add(other)
  return {
    alone: (seconds: number) => speak(port, watched, seconds),
    async beside(seconds: number) {
      const stop = await flood(port, flooding)
      const beside = await speak(port, watched, seconds)
      return { beside, counts: stop() }
    },
  }
}

/** How long a key's utterances take while another key sends as much as it can. */
export async function measureFlood(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const { seconds, rounds } = options
  const scene = await stage.open('flood', { profile: options.profile })
  const { alone, beside } = await prepare(scene)
  await alone(warmUpSeconds)
  await beside(warmUpSeconds)
  const results: Round[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const result = { alone: await alone(seconds), ...(await beside(seconds)) }
    results.push(result)
    const [one, two] = [result.alone, result.beside].map((took) => took.quantile(0.99).toFixed(1))
    tell(`flood ${round}/${rounds}: p99 ${one} ms alone, ${two} ms beside a flood`)
  }
  await scene.server.stop()
  return [toRow(results, seconds)]
}
