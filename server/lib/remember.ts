/**
 * A bounded memory of look-ups. Misses are remembered too, so that wrong keys do not reach the database each
 * time.
 */
export type Memory<Key, Value> = {
  /** The value when it is remembered (no promise, no wait), otherwise a promise of it. */
  get: (key: Key) => Value | Promise<Value>
  forget: () => void
}

/**
 * Remembers what `load` gives for `ttlMs`, at most `limit` keys; the oldest leave first. What was being
 * loaded when `forget` is called is not kept: it may have been read before the change.
 */
export function remember<Key, Value>(
  load: (key: Key) => Promise<Value>,
  { limit, ttlMs, now }: { limit: number; ttlMs: number; now: () => number },
): Memory<Key, Value> {
  let kept = new Map<Key, { value: Value; until: number }>()
  return {
    get(key) {
      const found = kept.get(key)
      if (found && found.until > now()) return found.value
      const into = kept
      return load(key).then((value) => {
        into.delete(key)
        if (into.size >= limit) into.delete(into.keys().next().value as Key)
        into.set(key, { value, until: now() + ttlMs })
        return value
      })
    },
    forget() {
      kept = new Map()
    },
  }
}
