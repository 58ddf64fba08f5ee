/**
 * Work that is done once for a name within a time, in memory; whoever comes meanwhile waits for the same.
 * What gives something, such as a refusal, or fails is done again the next time. Beyond `most` names the
 * oldest is forgotten. Times are in milliseconds.
 */
export function createOnceInAWhile({ ms, most }: { ms: number; most: number }) {
  const kept = new Map<string, { until: number; done: Promise<unknown> }>()
  return <T>(name: string, now: number, work: () => Promise<T | undefined>): Promise<T | undefined> => {
    const found = kept.get(name)
    if (found && found.until > now) return found.done as Promise<T | undefined>
    kept.delete(name)
    if (kept.size >= most) kept.delete(kept.keys().next().value as string)
    const forget = () => {
      if (kept.get(name)?.done === done) kept.delete(name)
    }
    const done = work().then(
      (given) => {
        if (given !== undefined) forget()
        return given
      },
      (error: unknown) => {
        forget()
        throw error
      },
    )
    kept.set(name, { until: now + ms, done })
    return done
  }
}
