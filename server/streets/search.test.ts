import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSearch, type SearchArcs } from './search.ts'

type Arc = { from: number; to: number; seconds: number }
const nodes = 24
/** From far below the stretches of the queue to far above them. */
const seconds = fc.oneof(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.integer({ min: 1, max: 300 }))
const arcs = fc.array(fc.record({ from: fc.nat(nodes - 1), to: fc.nat(nodes - 1), seconds }), {
  minLength: 20,
  maxLength: 120,
})

function toSearch(drawn: readonly Arc[]): { arcs: SearchArcs; weights: Float32Array } {
  const sorted = drawn.toSorted((a, b) => a.from - b.from)
  const start = Uint32Array.from({ length: nodes + 1 }, (_, at) => sorted.filter((o) => o.from < at).length)
  const node = Uint32Array.from(sorted, ({ to }) => to)
  const segment = Uint32Array.from(sorted.keys())
  return { arcs: { start, node, segment }, weights: Float32Array.from(sorted, (one) => one.seconds) }
}

/** The textbook without any queue: all arcs, again and again, until nothing falls any more. */
function relaxAll({ arcs: { start, node }, weights }: ReturnType<typeof toSearch>, from: number): number[] {
  const best = Array<number>(nodes).fill(Number.POSITIVE_INFINITY)
  best[from] = 0
  for (let round = 0; round < nodes; round += 1) {
    for (let at = 0; at < nodes; at += 1) {
      for (let slot = start[at] as number; slot < (start[at + 1] as number); slot += 1) {
        const to = node[slot] as number
        best[to] = Math.min(best[to] as number, (best[at] as number) + (weights[slot] as number))
      }
    }
  }
  return best
}

test('all asked about is as the textbook says, also by arcs far shorter than a stretch of the queue', () => {
  const search = createSearch(nodes)
  const check = (drawn: Arc[], from: number, asked: number[], bound: number) => {
    const made = toSearch(drawn)
    const weights = { seconds: made.weights, metres: made.weights }
    search.run(made.arcs, weights, [{ node: from, seconds: 0, metres: 0 }], asked, bound, undefined)
    const right = relaxAll(made, from).map((one) => (one <= bound ? one : Number.POSITIVE_INFINITY))
    for (const node of asked) {
      assert.equal(search.seconds[node], right[node], `${node}`)
      // Metres are those of the way that was found, since here they count as the seconds do.
      const far = right[node] === Infinity ? 0 : (search.metres[node] as number) - (right[node] as number)
      assert.ok(Math.abs(far) <= 0.01, `${node}`)
    }
  }
  const some = fc.array(fc.nat(nodes - 1), { maxLength: nodes })
  const bounds = fc.constantFrom(30, 600, 1_800)
  fc.assert(fc.property(arcs, fc.nat(nodes - 1), some, bounds, check), { numRuns: 1_000 })
})
