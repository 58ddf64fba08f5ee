import type { CrewView } from '@toneout/contract/model/crew.ts'
import { languageWord, plain, stepWord } from '../ui/words.ts'

/** The name of a finding as people read it: door_code is Door code, cpr is CPR. */
export const labelOf = (field: string) => (field.length <= 3 ? field.toUpperCase() : plain(field))

/** Four things a crew asks first: what was understood from the call, then what is known anyway. */
export function KeyFacts({ view }: { view: CrewView }) {
  const { findings, calls, partners } = view
  const languages = calls.languages.map((tag) => languageWord(tag) ?? tag).join(', ')
  const others = [
    { label: 'Caller speaks', value: languages, unsure: false },
    { label: 'Calls', value: calls.count > 1 ? String(calls.count) : '', unsure: false },
    ...partners.map((one) => ({ label: one.unit_number, value: plain(stepWord(one.status)), unsure: false })),
  ].filter(({ value }) => value !== '')
  const understood = findings.map(({ field, value, unsure }) => ({ label: labelOf(field), value, unsure }))
  const four = [...understood, ...others].slice(0, 4)
  if (four.length === 0) return null
  return (
    <dl className="key-facts">
      {four.map(({ label, value, unsure }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value} {unsure && <span className="unsure">not confirmed</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
