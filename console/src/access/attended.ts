/** Whoever has not touched the page for so long may have left it. */
const leftAfterMs = 60_000

let touchedAt = Date.now()

const touched = () => {
  touchedAt = Date.now()
}

// There is no window where pure modules are tested.
if (globalThis.window) {
  for (const sign of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
    window.addEventListener(sign, touched, { passive: true, capture: true })
}

/** Whether somebody may be at this page now. */
export const isAttended = () => Date.now() - touchedAt < leftAfterMs
