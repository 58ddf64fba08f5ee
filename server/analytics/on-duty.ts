import type { Duty } from './store-duty.ts'

const length = (own: readonly Duty[]) => own.reduce((sum, { since, upto }) => sum + upto - since, 0)

/** When units were on duty in a period, in ms since 1970; the spans of a unit ascend and do not overlap. */
export function createOnDuty(
  spans: readonly Duty[],
  measured: ReadonlySet<number>,
  begin: number,
  end: number,
) {
  const byUnit = new Map<number, Duty[]>()
  for (const span of spans) {
    if (!measured.has(span.unit_id)) continue
    const own = byUnit.get(span.unit_id)
    if (own) own.push(span)
    else byUnit.set(span.unit_id, [span])
  }

  const isWhole = ({ since, upto }: Duty) => since <= begin && upto >= end

  /** Index of the first span that ends after an instant. */
  function firstAfter(own: readonly Duty[], at: number): number {
    let [low, high] = [0, own.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((own[middle]?.upto as number) > at) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Hears of each part of a stretch of time in which the unit was on duty. */
  function each(unit: number, from: number, to: number, hear: (from: number, to: number) => void): void {
    const own = byUnit.get(unit) ?? []
    for (let at = firstAfter(own, from); at < own.length; at += 1) {
      const { since, upto } = own[at] as Duty
      if (since >= to) return
      hear(Math.max(since, from), Math.min(upto, to))
    }
  }

  const always = new Set(
    [...byUnit].filter(([, own]) => own.length === 1 && isWhole(own[0] as Duty)).map(([unit]) => unit),
  )

  return {
    each,
    /** Whether the unit was on duty throughout. */
    always: (unit: number) => always.has(unit),
    /** ms of a stretch of time in which the unit was on duty. */
    within(unit: number, from: number, to: number): number {
      let ms = 0
      each(unit, from, to, (begin, end) => {
        ms += end - begin
      })
      return ms
    },
    /** ms on duty; null where nothing tells of any. */
    of: (unit: number) => (byUnit.has(unit) ? length(byUnit.get(unit) ?? []) : null),
    all: () => (byUnit.size > 0 ? [...byUnit.values()].reduce((sum, own) => sum + length(own), 0) : null),
    /** By how many the number on duty changes, in the order of time. */
    changes: () =>
      [...byUnit.values()]
        .flat()
        .flatMap(({ since, upto }) => [
          { at: since, step: 1 },
          { at: upto, step: -1 },
        ])
        .sort((a, b) => a.at - b.at),
  }
}
export type OnDuty = ReturnType<typeof createOnDuty>
