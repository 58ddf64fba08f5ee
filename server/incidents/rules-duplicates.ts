import { type EmergencyType, emergencyTypes } from '@toneout/contract/model/call.ts'
import { families, type Incident } from '@toneout/contract/model/incident.ts'
import { distance, isPosition } from '../lib/geo.ts'
import { isEnded } from './rules.ts'

/** How far apart two incidents may be and still be the same: our own choices. */
export const apart = { metres: 250, minutes: 20, suggestions: 5 }

/** Types that may be the same emergency told by two callers. */
export function kinOf(type: EmergencyType): EmergencyType[] {
  return emergencyTypes.filter((other) => families[other] === families[type])
}

/** Whole metres and minutes apart; metres are null when the words of the location are what is equal. */
export type Suggestion = { incident_id: number; metres: number | null; minutes: number; reason: string }

const separators = /[^\p{L}\p{M}\p{N}]+/gu
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(separators, ' ').trim()

/** Such as '40 m away, received 3 min later, told as TRAUMA'. */
function explain(mine: Incident, other: Incident, metres: number | null, minutes: number): string {
  const where = metres === null ? 'The place is told in the same words' : `${metres} m away`
  const order = other.received_at < mine.received_at ? 'earlier' : 'later'
  const when = minutes === 0 ? 'received in the same minute' : `received ${minutes} min ${order}`
  const what = other.emergency_type === mine.emergency_type ? [] : [`told as ${other.emergency_type}`]
  return [where, when, ...what].join(', ')
}

/** Open incidents that may be the same, at most five, nearest first, those known by words last. */
export function suggestDuplicates(incident: Incident, open: readonly Incident[]): Suggestion[] {
  const words = plain(incident.location)
  const found = open.flatMap((other): Suggestion[] => {
    const minutes = Math.abs(Date.parse(incident.received_at) - Date.parse(other.received_at)) / 60_000
    const isKin = families[incident.emergency_type] === families[other.emergency_type]
    if (other.id === incident.id || isEnded(other.status) || !isKin || minutes > apart.minutes) return []
    const metres = isPosition(incident) && isPosition(other) ? distance(incident, other) : null
    if (metres === null ? words === '' || words !== plain(other.location) : metres > apart.metres) return []
    const shown = { metres: metres && Math.round(metres), minutes: Math.round(minutes) }
    const reason = explain(incident, other, shown.metres, shown.minutes)
    return [{ incident_id: other.id, ...shown, reason }]
  })
  const far = ({ metres }: Suggestion) => metres ?? Number.MAX_SAFE_INTEGER
  return found
    .toSorted((a, b) => far(a) - far(b) || a.minutes - b.minutes || a.incident_id - b.incident_id)
    .slice(0, apart.suggestions)
}
