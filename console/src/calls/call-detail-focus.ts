/** The heading of the selected call; focus goes there when a row is opened by key. */
export const detailHeadingId = 'call-heading'

export function focusDetail() {
  // After the next paint: the heading may not be there yet.
  requestAnimationFrame(() => document.getElementById(detailHeadingId)?.focus())
}
