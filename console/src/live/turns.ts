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
