import { createLatencies } from './latency.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { openSeeded, signInAdmin } from './seeded-scene.ts'
import type { Say, Stage } from './stage.ts'

/** docs/benchmarks.md. */
const targets = { 'lists first': 150, 'lists later': 150, 'lists search': 300 } as const
type Name = keyof typeof targets

const filters = [
  '',
  'status=COMPLETED',
  'status=ESCALATED',
  'emergency_type=FIRE&priority_level=CRITICAL',
  'emergency_type=FIRE&priority_level=CRITICAL&answered_by=HUMAN&status=CANCELLED',
  'lost_contact=true&emergency_type=STROKE',
  'review=NEEDED',
  'over_target=true&answered_by=AI',
  'tag=training',
  'open=true',
  'ordering=priority_level',
  'ordering=-completed_at&emergency_type=FIRE',
]
const searches = [
  'elephant',
  'purple elephant',
  'chest pain',
  'is',
  'trapped',
  '12 Harbour',
  'neighbours floor',
  'zzz',
]
const laterFrom = ['', 'status=COMPLETED', 'emergency_type=FIRE', 'ordering=priority_level']
/** Pages that are turned before later ones are measured. */
const turned = 40

type Page = { next: string | null }

/** Pages of the list of calls as the console asks for them, one after the other. */
export async function measureLists(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const scene = await openSeeded(stage, 'lists', options, tell)
  const headers = await signInAdmin(scene)
  const base = `http://127.0.0.1:${scene.server.port}`
  const read = async (path: string): Promise<Page> => {
    const reply = await fetch(base + path, { headers })
    if (reply.status !== 200) throw new Error(`${path} is answered with ${reply.status}`)
    return (await reply.json()) as Page
  }
  const listed = (query: string) => `/api/calls/?more=true&${query}`
  const pathOf = (next: string) => next.slice(next.indexOf('/api/'))
  const later: string[] = []
  for (const query of laterFrom) {
    let path = listed(query)
    for (let page = 0; page < turned; page += 1) path = pathOf((await read(path)).next ?? listed(query))
    later.push(path)
  }
  const paths: Record<Name, string[]> = {
    'lists first': filters.map(listed),
    'lists later': later,
    'lists search': searches.map((words) => listed(`ordering=relevance&search=${encodeURIComponent(words)}`)),
  }
  const rounds: Record<Name, ReturnType<typeof createLatencies>[]> = {
    'lists first': [],
    'lists later': [],
    'lists search': [],
  }
  const names = Object.keys(paths) as Name[]
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const name of names) {
      const latencies = createLatencies()
      const until = performance.now() + options.seconds * 1_000
      for (let turn = 0; performance.now() < until || turn < paths[name].length; turn += 1) {
        const began = performance.now()
        await read(paths[name][turn % paths[name].length] as string)
        latencies.record(performance.now() - began)
      }
      // The first round warms up.
      if (round > 0) rounds[name].push(latencies)
    }
  }
  await scene.server.stop()
  return names.map((name): Row => {
    const at = (q: number) => spread(rounds[name].map((one) => one.quantile(q)))
    const p95 = at(0.95)
    const met = p95.median <= targets[name]
    return {
      workload: name,
      unit: 'ms p95',
      ours: p95,
      p50: at(0.5),
      p99: at(0.99),
      targets: [{ text: `p95 ${p95.median.toFixed(0)} <= ${targets[name]} ms`, met }],
      notes: [`${paths[name].length} queries in turn at one connection, over ${options.calls} calls`],
    }
  })
}
