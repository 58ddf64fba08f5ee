import type { Fact, FactType } from '@toneout/contract/model/fact.ts'
import {
  because,
  by,
  changesOf,
  hospitalOf,
  idOf,
  incidentOf,
  late,
  lower,
  type Names,
  ruleNames,
  sentence,
  type Tell,
  textOf,
  unitOf,
} from './rules-phrases.ts'
import { centreWords } from './rules-words-centre.ts'

/** A step of a crew: who, what, and when it was told if that was later. */
const step =
  (words: string): Tell =>
  (fact, names) =>
    `${unitOf(fact, names)} ${words}${late(fact, names)}`

const changed =
  (what: string): Tell =>
  (fact) => {
    const { action, changes } = fact.data
    const more = action === 'changed' || (action === undefined && changes) ? changesOf(fact.data) : ''
    return `${what} ${textOf(action) ?? 'changed'} ${by(fact)}${more ? `: ${more}` : ''}`
  }

const ended =
  (word: string): Tell =>
  (fact) => {
    const forced = fact.data.forced === true ? ', forced' : ''
    return `${word} ${by(fact)}: ${lower(fact.data.disposition)}${forced}${because(fact).replace(':', ',')}`
  }

const sent: Tell = (fact, names) => {
  const { caller_shown, diverted_from, rules } = fact.data
  const shown = caller_shown === true ? "; the caller's number was shown" : ''
  const from = diverted_from === undefined ? '' : `, diverted from ${incidentOf(diverted_from, names)}`
  const overridden = Array.isArray(rules) ? ` (${ruleNames(rules)} overridden${because(fact)})` : ''
  return `${unitOf(fact, names)} sent ${by(fact)}${from}${overridden}${shown}`
}

const overridden: Tell = (fact, names) => {
  const rule = sentence(ruleNames(fact.data.rules))
  return `${rule} overridden for ${unitOf(fact, names)} ${by(fact)}${because(fact)}`
}

const cleared: Tell = (fact, names) => {
  const end = textOf(fact.data.by_incident)
  return step(end ? `free again, as the incident is ${lower(end)}` : 'free again')(fact, names)
}

const cancelled: Tell = (fact, names) => {
  const unit = unitOf(fact, names)
  if (fact.data.declined === true) return `${unit} declined${because(fact)}`
  const end = textOf(fact.data.by_incident)
  return `${unit} cancelled ${by(fact)}${end ? `, as the incident is ${lower(end)}` : because(fact)}`
}

/** The merge as this incident sees it: into the other, or the other into this one. */
const merged =
  (away: string, here: string): Tell =>
  (fact, names) => {
    const { from_id, into_id, changes } = fact.data
    if (fact.incident_id === idOf(from_id)) return `${away} ${incidentOf(into_id, names)} ${by(fact)}`
    const { received_at, ...rest } = (changes ?? {}) as Record<string, unknown>
    const clock = received_at && away.startsWith('Merged') ? ['the clock begins with the earlier call'] : []
    const more = [changesOf({ changes: rest }), ...clock].filter((one) => one !== '').join(', ')
    return `${sentence(incidentOf(from_id, names))} ${here} ${by(fact)}${more ? `; ${more}` : ''}`
  }

const corrected: Tell = (fact, names) => {
  const { milestone, was, now } = fact.data
  const what = textOf(milestone) ? `${lower(milestone).replace(/ at$/, '')} time` : 'hospital'
  const show = (value: unknown) => {
    if (value === null || value === undefined) return 'none'
    return textOf(milestone) ? names.clock(String(value)) : hospitalOf(value, names)
  }
  const times = `from ${show(was)} to ${show(now)}`
  return `${sentence(what)} of ${unitOf(fact, names)} corrected ${times} ${by(fact)}${because(fact)}`
}

const raised: Tell = (fact) => {
  const { incident_number, emergency_type, priority, needs_pin } = fact.data
  const what = [
    ...(textOf(emergency_type) ? [emergency_type] : []),
    ...(typeof priority === 'number' ? [`priority ${priority}`] : []),
    ...(needs_pin === true ? ['the place has no position yet'] : []),
  ]
  const more = what.length > 0 ? `: ${what.join(', ')}` : ''
  return `${textOf(incident_number) ?? 'Incident'} raised ${by(fact)}${more}`
}

const callEnded: Tell = ({ data }) => {
  const seconds = typeof data.duration_seconds === 'number' ? Math.round(data.duration_seconds) : undefined
  const clock = seconds === undefined ? '' : ` after ${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `Call ended as ${lower(data.status)}${clock}`
}

/** Such as 'access, breathing'. */
function fieldNames(given: unknown): string {
  const names = Array.isArray(given) ? given.filter((one) => typeof one === 'string') : []
  return names.length > 0 ? names.map(lower).join(', ') : 'something'
}

function moved({ data }: Fact): string {
  if (data.to === 'STATION') return `moved up to ${textOf(data.station) ?? 'another station'}`
  if (data.to === 'OWN_STATION') return 'sent back to its own station'
  return data.to === 'STAGING' ? 'waits near the scene' : 'at its post'
}

/** One for each type, so that a type without words is a compile error. */
const tellers: Readonly<Record<FactType, Tell>> = {
  call_opened: (fact) => `Call taken ${by(fact)}`,
  interaction_added: ({ data }) => `Words of the ${lower(data.speaker ?? 'caller')} written down`,
  interaction_revised: (fact) => `Words of the call revised ${by(fact)}`,
  call_updated: (fact) => `Call changed ${by(fact)}: ${changesOf(fact.data) || 'details'}`,
  call_completed: callEnded,
  call_lost_contact: ({ data, at }, names) =>
    `No word from the call since ${names.clock(textOf(data.quiet_since) ?? at)}`,
  incident_raised: raised,
  call_linked: (fact) => `Call linked ${by(fact)}`,
  incident_updated: (fact) => {
    const finder = textOf(fact.data.placed_by)
    const from = finder ? `, found by its words (${finder})` : ''
    return `${sentence(changesOf(fact.data) || 'details changed')} ${by(fact)}${from}`
  },
  unit_assigned: sent,
  assignment_acknowledged: step('acknowledged'),
  unit_en_route: step('en route'),
  unit_on_scene: step('on scene'),
  unit_at_patient: step('at the patient'),
  unit_transporting: (fact, names) =>
    step(`on the way to ${hospitalOf(fact.data.hospital_id, names)}`)(fact, names),
  unit_at_hospital: (fact, names) => step(`at ${hospitalOf(fact.data.hospital_id, names)}`)(fact, names),
  unit_handed_over: step('handed the patient over'),
  unit_cleared: cleared,
  unit_cancelled: cancelled,
  unit_diverted: (fact, names) => {
    const to = incidentOf(fact.data.to_incident_id, names)
    return `${unitOf(fact, names)} diverted to ${to} ${by(fact)}${because(fact)}`
  },
  unit_delayed: (fact, names) => {
    const { cause, minutes } = fact.data
    const long = typeof minutes === 'number' ? ` about ${minutes} min` : ''
    const what = step(`delayed${long}, ${lower(cause ?? 'other')}`)(fact, names)
    return `${what}${because(fact)}`
  },
  hospital_chosen: (fact, names) => {
    const [to, was] = [hospitalOf(fact.data.hospital_id, names), fact.data.was]
    const instead = typeof was === 'number' ? ` instead of ${hospitalOf(was, names)}` : ''
    return `${step(`to go to ${to}${instead} ${by(fact)}`)(fact, names)}${because(fact)}`
  },
  duress_raised: (fact, names) => step(`calls for help for itself: duress, held ${by(fact)}`)(fact, names),
  duress_acknowledged: (fact, names) => `Duress of ${unitOf(fact, names)} seen ${by(fact)}`,
  duress_cleared: (fact, names) => `Duress of ${unitOf(fact, names)} cleared ${by(fact)}${because(fact)}`,
  unit_changed: (fact, names) => changed(unitOf(fact, names))(fact, names),
  unit_duty_changed: (fact, names) => {
    const { from, to } = fact.data
    return `${unitOf(fact, names)} ${lower(from)} -> ${lower(to)} ${by(fact)}${because(fact)}`
  },
  hospital_changed: (fact, names) => changed(sentence(hospitalOf(fact.data.hospital_id, names)))(fact, names),
  station_changed: changed('Station'),
  incident_closed: ended('Closed'),
  incident_cancelled: ended('Cancelled'),
  incident_reopened: (fact) => `Opened again ${by(fact)}${because(fact)}`,
  calls_merged: merged('Merged into', 'merged into this one'),
  calls_split: merged('Split from', 'split off again'),
  rule_overridden: overridden,
  correction_made: corrected,
  call_marked: (fact) => `Call noted ${by(fact)}: ${changesOf(fact.data)}`,
  call_taken_over: (fact) => `Call taken over from the AI ${by(fact)}`,
  findings_told: (fact) => `${sentence(fieldNames(fact.data.fields))} understood from the call ${by(fact)}`,
  finding_confirmed: (fact) => {
    const act = fact.data.changed === true ? 'corrected' : 'confirmed'
    return `${sentence(lower(fact.data.field ?? 'a finding'))} ${act} ${by(fact)}`
  },
  note_added: (fact) => `Note written ${by(fact)}`,
  message_sent: (fact, names) => `Message to ${unitOf(fact, names)} ${by(fact)}`,
  message_read: (fact, names) => `Message read in ${unitOf(fact, names)} ${by(fact)}`,
  unit_moved: (fact, names) => `${unitOf(fact, names)} ${moved(fact)} ${by(fact)}`,
  handover_written: (fact) => `Note for the next shift written ${by(fact)}`,
  ...centreWords,
}

/** What happened in one English sentence for people: never a caller's number, nor what was said. */
export function wordsOf(fact: Fact, names: Names): string {
  return tellers[fact.type](fact, names)
}
