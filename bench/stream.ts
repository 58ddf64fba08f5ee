import { randomBytes } from 'node:crypto'
import { sayNumber } from './event-reader.ts'
import type { Latencies } from './latency.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import {
  type Board,
  createBoard,
  makeReaderKey,
  openReader,
  openSpeakers,
  pause,
  type Speakers,
  speak,
} from './stream-parts.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

const readerCount = 500
const openAtOnce = 50
/** Utterances a second, and the targets. */
const rates = [{ rate: 40, p99TargetMs: 60 }, { rate: 200 }] as const
const speakerCount = 64
const patienceMs = 10_000

async function makeCalls({ sql }: Scene): Promise<string[]> {
  const sids = Array.from({ length: speakerCount }, () => `CA${randomBytes(16).toString('hex')}`)
  const text = `INSERT INTO calls (call_sid, created_at, updated_at)
    SELECT sid, now(), now() FROM unnest($1::text[]) AS sid`
  await sql.query(text, [sids])
  return sids
}

type Live = { speakers: Speakers; say: (n: number) => string; show: (board: Board) => void }

async function openLive(stage: Stage, scene: Scene): Promise<Live> {
  const { port } = scene.server
  const requests = createRequests(port, scene.aiKey)
  const request = createRequests(port, await makeReaderKey(scene.sql)).get('/api/stream/')
  let board = createBoard(0, readerCount)
  for (let opened = 0; opened < readerCount; opened += openAtOnce) {
    const opening = Array.from({ length: openAtOnce }, () => openReader(port, request, (n) => board.hear(n)))
    for (const socket of await Promise.all(opening)) stage.onClose(() => void socket.destroy())
  }
  const speakers = await openSpeakers(port, speakerCount)
  for (const one of speakers.all) stage.onClose(one.close)
  const sids = await makeCalls(scene)
  return {
    speakers,
    say: (n) => requests.addSaying(sids[n % sids.length] as string, sayNumber(n)),
    show: (next) => {
      board = next
    },
  }
}

/** One phase: every utterance must come once to each reader. */
async function run({ speakers, say, show }: Live, rate: number, seconds: number): Promise<Latencies> {
  const board = createBoard(rate * seconds, readerCount)
  show(board)
  await Promise.race([speak(speakers, say, board, rate), speakers.failed])
  const until = performance.now() + patienceMs
  while (board.missing() && performance.now() < until) await pause(20)
  const wrong = board.wrong()
  if (wrong > 0) throw new NotWhatWasAcknowledged(`stream ${rate}/s: ${wrong} facts came not once to each`)
  return board.latencies
}

/** From the moment a POST is sent, which is before its commit, to the moment a reader has its fact. */
export async function measureStream(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const { seconds, rounds } = options
  const scene = await stage.open('stream', { profile: options.profile })
  const live = await openLive(stage, scene)
  await run(live, 40, 1)
  const measured = rates.map(() => [] as Latencies[])
  for (let round = 1; round <= rounds; round += 1) {
    for (const [at, { rate }] of rates.entries()) {
      const latencies = await run(live, rate, seconds)
      measured[at]?.push(latencies)
      tell(`stream ${rate}/s ${round}/${rounds}: p99 ${latencies.quantile(0.99).toFixed(1)} ms`)
    }
  }
  await scene.server.stop()
  return rates.map(({ rate, ...target }, at) => {
    const phases = measured[at] as Latencies[]
    const p99 = spread(phases.map((one) => one.quantile(0.99)))
    const limit = 'p99TargetMs' in target ? target.p99TargetMs : undefined
    return {
      workload: `stream ${rate}/s`,
      unit: 'facts/s',
      ours: spread(phases.map((one) => one.count() / seconds)),
      p50: spread(phases.map((one) => one.quantile(0.5))),
      p99,
      targets: limit === undefined ? [] : [{ text: `p99 <= ${limit} ms`, met: p99.median <= limit }],
      notes: [
        `${readerCount} readers, each fact once to each; ` +
          `longest ${Math.max(...phases.map((one) => one.max())).toFixed(1)} ms`,
      ],
    }
  })
}
