/** A hidden page paints nothing, and must not wait for it. */
const hiddenPaintMs = 100

/** Calls `act` once what is on the page now has been painted; calls are made in their order. */
export function afterPaint(act: () => void): void {
  let isDone = false
  const once = () => {
    if (!isDone) act()
    isDone = true
  }
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    once()
  }
  requestAnimationFrame(() => port2.postMessage(null))
  setTimeout(once, hiddenPaintMs)
}
