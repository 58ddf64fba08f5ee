import { importGazetteer } from '../server/addresses/import-gazetteer.ts'
import { openDatabase } from '../server/lib/db.ts'
import type { Segment } from '../server/streets/segment.ts'
import { signInDispatcher } from './dispatcher.ts'
import { type LoadResult, runLoad, type Script } from './http-load.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'

const streetCount = 35_000
const connections = 4
/** docs/benchmarks.md. */
const p95TargetMs = 80
const importTarget = 20_000
const warmUpSeconds = 1

const beginnings =
  'Al Bar Cal Dor El Far Gar Har Il Jun Kel Lor Mar Nor Ol Per Quin Ros Sal Tor Ul Ver Wes Yar Zel'
const middles = 'an bor co den er fal gin hol is ka lo mi na or pe ra se ti un va'
const ends =
  'berg by cliff dale field ford ham ley mere mont ridge sey shaw stone ton view ville ward wick wood'
const kinds = ['Street', 'Avenue', 'Road', 'Lane', 'Court', 'Drive', 'Way']

const pick = (list: string, at: number) => {
  const words = list.split(' ')
  return words[at % words.length] as string
}

/** 10,000 names that begin, go on and end alike, each with several kinds of street: as hard as a city's. */
function nameOf(street: number): string {
  const at = street % 10_000
  const [begins, goes] = [pick(beginnings, at), pick(middles, Math.floor(at / 25))]
  return `${begins}${goes}${pick(ends, Math.floor(at / 500))} ${kinds[Math.floor(street / 10_000)]}`
}

const columns = 350
const step = 0.001

/** Streets of two blocks in rows that share their corners, every other one up and down. */
function makeSegments(): Segment[] {
  return Array.from({ length: streetCount }, (_, street) => {
    const [x, y] = [street % columns, Math.floor(street / columns)]
    const [dx, dy] = street % 2 === 0 ? [1, 0] : [0, 1]
    return [0, 1].map((block): Segment => {
      const corner = (at: number) => [x + dx * at, y + dy * at] as const
      const point = ([a, b]: readonly [number, number]) => [10 + a * step, 50 + b * step] as const
      const [from, to] = [corner(block), corner(block + 1)]
      const first = 100 * (block + 1)
      return {
        ...{ id: `${street}/${block}`, name: nameOf(street), class: 'residential', oneway: 'no' },
        line: [point(from), point(to)],
        ...{ from_node: from.join(), to_node: to.join() },
        ...{ left: { from: first + 1, to: first + 99 }, right: { from: first, to: first + 98 } },
      }
    })
  }).flat()
}

/** What a dispatcher types, letter by letter; every fifth word has a letter missing. */
function typed(): string[] {
  return Array.from({ length: 60 }, (_, at) => {
    const name = nameOf(at * 571)
    const wrong = at % 5 === 0 ? name.slice(0, 3) + name.slice(4) : name
    const other = nameOf(at * 571 + 1)
    return [`${100 + at} ${wrong}`, `${wrong} and ${other}`, wrong][at % 3] as string
  }).flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)).slice(1))
}

/** Streets, pieces and corners a second of the import. */
async function fill({ login, server }: Scene, key: string): Promise<number> {
  const db = openDatabase({ connection: login, onIdleError: () => {} })
  const segments = makeSegments()
  let rows = 0
  const begun = performance.now()
  try {
    const counts = await importGazetteer(
      { db, now: () => new Date() },
      { source: 'bench', segments, places: [] },
    )
    rows = counts.streets + counts.segments + counts.intersections
  } finally {
    await db.close()
  }
  const perSecond = rows / ((performance.now() - begun) / 1_000)
  // The server is told of the import and reads the names; until then it finds nothing.
  const url = `http://127.0.0.1:${server.port}/api/addresses/?search=${encodeURIComponent(nameOf(0))}`
  const find = async () => {
    const reply = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
    return ((await reply.json()) as { results: unknown[] }).results.length
  }
  while ((await find()) === 0) await new Promise((next) => setTimeout(next, 50))
  return perSecond
}

function toRow(results: readonly LoadResult[], imported: number, cpu: number): Row {
  const at = (q: number) => spread(results.map((one) => one.latencies.quantile(q)))
  const p95 = at(0.95)
  return {
    workload: 'addresses',
    unit: 'req/s',
    ours: spread(results.map((one) => one.perSecond)),
    p50: at(0.5),
    p99: at(0.99),
    targets: [
      { text: `p95 ${p95.median.toFixed(1)} <= ${p95TargetMs} ms`, met: p95.median <= p95TargetMs },
      {
        text: `import ${Math.round(imported)} >= ${importTarget} rows/s`,
        met: imported >= importTarget,
      },
    ],
    notes: [
      `completion letter by letter at ${connections} connections, over ${streetCount} streets`,
      `${cpu.toFixed(1)} ms of a core each`,
    ],
  }
}

/** Completion as it is typed, over a city's streets in the database and their names in memory. */
export async function measureAddresses(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const { seconds, rounds } = options
  const scene = await stage.open('addresses', { profile: options.profile })
  const { token } = await signInDispatcher(scene)
  const imported = await fill(scene, token)
  tell(`addresses: imported ${Math.round(imported)} rows/s`)
  const { port } = scene.server
  const requests = createRequests(port, token)
  const steps = typed().map((text) => requests.get(`/api/addresses/?search=${encodeURIComponent(text)}`))
  const script: Script = (connection) => {
    let turn = connection * 97
    return () => {
      turn += 1
      return { kind: 'read', request: steps[turn % steps.length] as string, expect: 200 }
    }
  }
  const run = (time: number) => runLoad({ port, connections, seconds: time, script })
  await run(warmUpSeconds)
  const spent = () => scene.server.cpu() + scene.postgresCpu()
  const before = spent()
  const results: LoadResult[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const result = await run(seconds)
    results.push(result)
    tell(`addresses ${round}/${rounds}: p95 ${result.latencies.quantile(0.95).toFixed(1)} ms`)
  }
  const count = results.reduce((sum, one) => sum + one.latencies.count(), 0)
  const cpu = ((spent() - before) * 1_000) / count
  await scene.server.stop()
  return [toRow(results, imported, cpu)]
}
