/** Digits of a number that could be called, however they are grouped; seven or more of them. */
const callable = /\+?\d(?:[\s().-]*\d){6,}/g
const longest = 400

/** What was said, without numbers that could be called, and no longer than a phone shows. */
export function withoutNumbers(message: string): string {
  const masked = message.replace(callable, '[number]').trim()
  return masked.length > longest ? `${masked.slice(0, longest - 1).trimEnd()}…` : masked
}

/** What a crew asks for first: how to get in, what waits there, who the patient is. */
const order = [
  /^(door|gate|entry|access|key)/,
  /^(floor|flat|apartment|unit|room)/,
  /^(danger|hazard|weapon|scene)/,
  /^(patient|age|sex|gender)/,
  /^(cpr|breathing|conscious|bleeding)/,
  /^(allerg|medic|history|condition)/,
]

const rank = (field: string) => {
  const at = order.findIndex((form) => form.test(field))
  return at === -1 ? order.length : at
}

/** What a crew sees by its own card already, so that no room is taken by it. */
const shownElsewhere =
  /^(location|address|latitude|longitude|emergency_type|priority|priority_level|caller_.*|phone.*)$/

/** Findings in the order a crew asks for them. */
export function firstForCrews<T extends { field: string }>(findings: readonly T[]): T[] {
  const kept = findings.filter(({ field }) => !shownElsewhere.test(field))
  return kept.sort((a, b) => rank(a.field) - rank(b.field) || (a.field < b.field ? -1 : 1))
}

/** What a fact is about, as far as crews are concerned. */
export type Happening = {
  unit_id: number | null
  incident_id: number | null
  /** The person it names: who leads a crew, or whose profile changed. */
  person_id: number | null
}
/** Where a listening member of a crew is. */
export type Post = { person_id: number; unit_id: number | null; incident_id: number | null }

/** Whether something that happened may change what somebody of a crew sees. */
export function concerns(one: Happening, post: Post): boolean {
  if (one.person_id === post.person_id) return true
  if (one.unit_id !== null && one.unit_id === post.unit_id) return true
  return one.incident_id !== null && one.incident_id === post.incident_id
}
