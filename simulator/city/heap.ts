/** A binary heap of numbers by cost; the smallest comes first. */
export function createHeap() {
  const items: number[] = []
  const costs: number[] = []
  const swap = (a: number, b: number) => {
    ;[items[a], items[b]] = [items[b]!, items[a]!]
    ;[costs[a], costs[b]] = [costs[b]!, costs[a]!]
  }
  return {
    push(item: number, cost: number) {
      items.push(item)
      costs.push(cost)
      for (let at = items.length - 1; at > 0 && costs[(at - 1) >> 1]! > costs[at]!; at = (at - 1) >> 1) {
        swap(at, (at - 1) >> 1)
      }
    },
    pop(): number | undefined {
      if (items.length === 0) return undefined
      swap(0, items.length - 1)
      costs.pop()
      const first = items.pop()
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        let least = at
        if (left < items.length && costs[left]! < costs[least]!) least = left
        if (right < items.length && costs[right]! < costs[least]!) least = right
        if (least === at) return first
        swap(at, least)
        at = least
      }
    },
  }
}
