import { signInDispatcher } from './dispatcher.ts'
import { openHttp } from './http-load.ts'
import { createLatencies } from './latency.ts'
import { type Crew, makeCrews, openCrewStream, openProvider, type Provider } from './notify-crews.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { pause } from './stream-parts.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

/** Dispatches in one second, one of each crew. */
const dispatches = 100
const everyMs = 1_000 / dispatches
const targets = { screen: 300, provider: 1_000 }
const patienceMs = 20_000
const connections = 32

type Times = { screen: number[]; provider: number[]; answer: number[] }

async function waitFor(what: string, holds: () => boolean): Promise<void> {
  const until = performance.now() + patienceMs
  while (!holds()) {
    if (performance.now() > until) throw new NotWhatWasAcknowledged(`notify: ${what}`)
    await pause(5)
  }
}

/** Sends each crew once, evenly over a second; milliseconds from when each request was sent. */
async function rush(
  stage: Stage,
  scene: Scene,
  crews: readonly Crew[],
  parts: { provider: Provider; token: string },
) {
  const { port } = scene.server
  const sentAt: number[] = []
  const times: Times = { screen: [], provider: [], answer: [] }
  const byPhone = new Map(crews.map(({ phone }, n) => [phone, n]))
  const since = (n: number) => performance.now() - (sentAt[n] as number)
  const note = (kind: keyof Times, n: number) => {
    if (sentAt[n] !== undefined) times[kind][n] ??= since(n)
  }
  parts.provider.onMessage((to) => note('provider', byPhone.get(to) ?? -1))
  await Promise.all(crews.map((one, n) => openCrewStream(stage, port, one, () => note('screen', n))))

  let refused = 0
  const free: number[] = []
  const sending: number[] = []
  const open = (at: number) =>
    openHttp(
      port,
      (status) => {
        if (status === 200) note('answer', sending[at] as number)
        else refused += 1
        free.push(at)
      },
      (error) => {
        throw error
      },
    )
  const lines = await Promise.all(Array.from({ length: connections }, (_, at) => open(at)))
  free.push(...lines.keys())
  const requests = createRequests(port, parts.token)
  const begun = performance.now()
  for (const [n, { unit, incident }] of crews.entries()) {
    // What waits for a free connection is late from when it was due.
    const due = begun + n * everyMs
    while (performance.now() < due || free.length === 0) await pause(1)
    const line = free.shift() as number
    sending[line] = n
    sentAt[n] = due
    lines[line]?.send(requests.dispatch(unit, incident))
  }
  const all = (kind: keyof Times) => Object.keys(times[kind]).length === crews.length
  await waitFor('not each dispatch was answered', () => all('answer') || refused > 0)
  if (refused > 0) throw new NotWhatWasAcknowledged(`notify: ${refused} dispatches were refused`)
  await waitFor('not each crew heard of it', () => all('screen') && all('provider'))
  for (const one of lines) one.close()
  return times
}

function quantiles(times: readonly number[]) {
  const latencies = createLatencies()
  for (const one of times) latencies.record(one)
  return latencies
}

/**
 * From the moment a dispatch is asked for, which is before its commit, to the crew's stream and to the SMS
 * provider's socket, of 100 dispatches in one second.
 */
export async function measureNotify(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const provider = await openProvider(stage)
  const scene = await stage.open('notify', { profile: options.profile, env: provider.env })
  const { token } = await signInDispatcher(scene)
  const rounds: Times[] = []
  // The first one warms up.
  for (let round = 0; round <= options.rounds; round += 1) {
    const crews = await makeCrews(scene, round, dispatches)
    const times = await rush(stage, scene, crews, { provider, token })
    if (round === 0) continue
    rounds.push(times)
    const p95 = (kind: keyof Times) => quantiles(times[kind]).quantile(0.95).toFixed(0)
    tell(`notify ${round}/${options.rounds}: p95 screen ${p95('screen')} ms, provider ${p95('provider')} ms`)
  }
  await scene.server.stop()
  const answered = spread(rounds.map((one) => quantiles(one.answer).quantile(0.95))).median.toFixed(0)
  return (['screen', 'provider'] as const).map((kind) => {
    const measured = rounds.map((one) => quantiles(one[kind]))
    const p95 = spread(measured.map((one) => one.quantile(0.95)))
    const text = `p95 <= ${targets[kind]} ms`
    return {
      workload: `notify ${kind}`,
      unit: 'ms p95',
      ours: p95,
      p50: spread(measured.map((one) => one.quantile(0.5))),
      p99: spread(measured.map((one) => one.quantile(0.99))),
      targets: [{ text, met: p95.median <= targets[kind] }],
      notes: [`${dispatches} dispatches in one second, from the request on; answered p95 ${answered} ms`],
    }
  })
}
