import { sureFrom } from '@toneout/contract/model/finding.ts'
import { withoutNumbers } from './rules-words.ts'

/** What was understood of a patient from the words of a call. */
export type PatientFinding = {
  field: string
  value: string
  confidence: number | null
  confirmed_at: string | null
}

/** What a hospital prepares by, in the order it asks for it; a name is none of it. */
const asked = [
  /^(patient_)?(age|sex|gender)/,
  /^(chief_)?complaint|^symptom|^condition/,
  /^(cpr|breathing|conscious|bleeding)/,
  /^(allerg|medication|history)/,
]
const rank = (field: string) => asked.findIndex((form) => form.test(field))
const most = 8

/**
 * The patient in one line for a hospital, such as "age 64, breathing yes": only what a person has confirmed
 * or who told it was sure of; null for nothing.
 */
export function patientLine(findings: readonly PatientFinding[]): string | null {
  const told = findings
    .filter(({ field }) => rank(field) >= 0)
    .filter(({ confidence, confirmed_at }) => confirmed_at !== null || (confidence ?? 1) >= sureFrom)
    .toSorted((a, b) => rank(a.field) - rank(b.field) || (a.field < b.field ? -1 : 1))
    .slice(0, most)
  const words = told.map(({ field, value }) => `${field.replaceAll('_', ' ')} ${withoutNumbers(value)}`)
  return words.length === 0 ? null : words.join(', ')
}
