type Kept = { bytes: number; value: unknown }

/** Values by key up to so many bytes; those that were used longest ago go first. */
export function createMemory(mostBytes: number) {
  const held = new Map<string, Kept>()
  let bytes = 0
  return {
    get(key: string): unknown {
      const found = held.get(key)
      if (!found) return undefined
      held.delete(key)
      held.set(key, found)
      return found.value
    },
    put(key: string, one: Kept): void {
      bytes += one.bytes - (held.get(key)?.bytes ?? 0)
      held.delete(key)
      held.set(key, one)
      for (const [oldest, { bytes: size }] of held) {
        if (bytes <= mostBytes) return
        held.delete(oldest)
        bytes -= size
      }
    },
  }
}
