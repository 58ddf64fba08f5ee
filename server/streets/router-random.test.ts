import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { distance } from '../lib/geo.ts'
import { graphOf, placeAt, street, type Town } from '../test/support/roads.ts'
import { createRouter } from './router.ts'
import type { Segment } from './segment.ts'
import { speedOf } from './speeds.ts'

const oneways = ['no', 'forward', 'backward'] as const
type Drawn = { from: number; to: number; oneway: (typeof oneways)[number]; speed: number; closed: boolean }
type Case = { places: [number, number][]; drawn: Drawn[]; goal: number; direction: 'to' | 'from' }

/** Junctions on a circle, so that none lies on a street between two others. */
const onCircle = (at: number): [number, number] => {
  const angle = (at / 60) * 2 * Math.PI
  return [Math.cos(angle) * 15, Math.sin(angle) * 15]
}
const cases = fc.integer({ min: 2, max: 14 }).chain((count) =>
  fc.record({
    places: fc
      .uniqueArray(fc.nat(59), { minLength: count, maxLength: count })
      .map((angles) => angles.map(onCircle)),
    drawn: fc.array(
      fc.record({
        from: fc.nat(count - 1),
        to: fc.nat(count - 1),
        oneway: fc.constantFrom(...oneways),
        speed: fc.integer({ min: 5, max: 120 }),
        closed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 45 },
    ),
    goal: fc.nat(count - 1),
    direction: fc.constantFrom('to', 'from'),
  }),
) as fc.Arbitrary<Case>

type Edge = { from: number; to: number; seconds: number; isClosed: boolean }

function edgesOf(segments: readonly Segment[], drawn: readonly Drawn[]): Edge[] {
  return segments.flatMap(({ line, oneway, speed_kmh }, at) => {
    const [[x0, y0], [x1, y1]] = line as [[number, number], [number, number]]
    const metres = distance({ latitude: y0, longitude: x0 }, { latitude: y1, longitude: x1 })
    const seconds = metres / speedOf(0, speed_kmh as number, 'siren')
    const { from, to, closed: isClosed } = drawn[at] as Drawn
    const both = [
      ...(oneway === 'backward' ? [] : [{ from, to }]),
      ...(oneway === 'forward' ? [] : [{ from: to, to: from }]),
    ]
    return both.map((one) => ({ ...one, seconds, isClosed }))
  })
}

/** The textbook: of all that are not done, take the nearest, and look along its edges. */
function textbook(count: number, edges: readonly Edge[], start: number): number[] {
  const best = Array<number>(count).fill(Number.POSITIVE_INFINITY)
  const open = new Set(best.keys())
  best[start] = 0
  while (open.size > 0) {
    const node = [...open].reduce((a, b) => (best[b]! < best[a]! ? b : a))
    open.delete(node)
    for (const one of edges) {
      if (one.from === node) best[one.to] = Math.min(best[one.to]!, best[node]! + one.seconds)
    }
  }
  return best
}

const turned = (edges: readonly Edge[]) => edges.map((one) => ({ ...one, from: one.to, to: one.from }))

/** Junctions that reach one another: the largest such set must be the only one of its size to be compared. */
function coreOf(count: number, edges: readonly Edge[]): Set<number> | undefined {
  const reach = [...Array(count).keys()].map((at) => textbook(count, edges, at))
  const parts = [...Array(count).keys()].map(
    (a) =>
      new Set([...Array(count).keys()].filter((b) => reach[a]![b]! < Infinity && reach[b]![a]! < Infinity)),
  )
  const largest = Math.max(...parts.map((one) => one.size))
  const all = parts.filter((one) => one.size === largest)
  return largest > 1 && all.length === largest ? all[0] : undefined
}

test('random graphs: every junction as the textbook says, with one-ways and closures', () => {
  const check = ({ places, drawn: all, goal, direction }: Case) => {
    const town: Town = Object.fromEntries(places.map((place, at) => [`n${at}`, place]))
    const drawn = all.filter((one) => one.from !== one.to)
    fc.pre(drawn.length > 0)
    const segments = drawn.map((one, at) =>
      street(town, `n${one.from}`, `n${one.to}`, { id: `s${at}`, oneway: one.oneway, speed_kmh: one.speed }),
    )
    const edges = edgesOf(segments, drawn)
    const core = coreOf(places.length, edges)
    fc.pre(core?.has(goal) ?? false)
    const inside = edges.filter((one) => core?.has(one.from) && core.has(one.to))
    const router = createRouter(graphOf(segments))
    // Asked at junctions, a place may be snapped to a closed street that begins there, which one may leave;
    // so closures are compared where no closed street touches.
    const open = inside.filter((one) => !one.isClosed)
    const touched = new Set(inside.filter((one) => one.isClosed).flatMap((one) => [one.from, one.to]))
    for (const [isClosing, ways] of [
      [false, inside],
      [true, open],
    ] as const) {
      if (isClosing && touched.has(goal)) continue
      router.close(
        isClosing ? drawn.flatMap((one, at) => (one.closed ? [{ segment: at, fraction: 0.5 }] : [])) : [],
      )
      const expected = textbook(places.length, direction === 'to' ? turned(ways) : ways, goal)
      for (const node of core ?? []) {
        if (isClosing && touched.has(node)) continue
        const one = placeAt(...(places[goal] as [number, number]))
        const at = placeAt(...(places[node] as [number, number]))
        const drives = router.times(
          { one, direction, profile: 'siren', slowdown: 1 },
          Float64Array.of(at.latitude),
          Float64Array.of(at.longitude),
        )
        const [found, wanted] = [drives.seconds[0] as number, expected[node] as number]
        const far = wanted > 1_795
        const isRight = far ? found > 1_790 : Math.abs(found - wanted) <= 0.05 + wanted * 1e-4
        assert.ok(isRight, `${node}: ${found}, not ${wanted}`)
      }
    }
  }
  fc.assert(fc.property(cases, check), { numRuns: 400 })
})
