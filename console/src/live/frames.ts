/**
 * Gathers what arrives between two frames and hands it over at once, so that a burst of facts is one change
 * of the page. A hidden page has no frames and is served by a timer, or its facts would pile up.
 */
export function gatherByFrame<T>(handOver: (items: readonly T[]) => void) {
  let items: T[] = []
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    timer = undefined
    const taken = items
    items = []
    if (taken.length > 0) handOver(taken)
  }
  return {
    add(item: T) {
      items.push(item)
      if (timer !== undefined) return
      frame = requestAnimationFrame(flush)
      timer = setTimeout(flush, hiddenFrameMs)
    },
    flush,
  }
}

const hiddenFrameMs = 100

/** Calls `act` soon after the answer is called, however often that is, and at most once in `ms`. */
export function takeTurns(ms: number, act: () => void): () => void {
  let at = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    if (timer !== undefined) return
    timer = setTimeout(
      () => {
        at = Date.now()
        timer = undefined
        act()
      },
      Math.max(0, at + ms - Date.now()),
    )
  }
}
