import { afterPaint } from './after-paint.ts'
import { changeView } from './view-store.ts'

/** Below this width what is selected covers the lists, so moving through a list must not select. */
const narrow = window.matchMedia('(max-width: 759px)')

/** On a narrow screen the Back button returns from the call or the incident to the list. */
export function openCall(sid: string) {
  changeView({ call: sid, incident: null }, narrow.matches)
}

export function openIncident(id: number) {
  changeView({ call: null, incident: id }, narrow.matches)
}

/** What moving through a list selects; nothing on a narrow screen. */
export function moveToCall(sid: string) {
  if (!narrow.matches) changeView({ call: sid, incident: null })
}

export function moveToIncident(id: number) {
  if (!narrow.matches) changeView({ call: null, incident: id })
}

/** Back to the lists. */
export function closeDetail() {
  changeView({ call: null, incident: null }, true)
}

/** The heading of what is selected; focus goes there when a row is opened by key. */
export const detailHeadingId = 'detail-heading'

export function focusDetail() {
  // What is selected is drawn after the next paint, and its heading with it.
  afterPaint(() => requestAnimationFrame(() => document.getElementById(detailHeadingId)?.focus()))
}

export const dispatchButtonId = 'dispatch-button'
