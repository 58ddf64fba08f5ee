import type { Me } from '@toneout/contract/model/person.ts'
import { openCall, openIncident } from '../calls/select.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { focusLine, usePageKeys } from '../ui/keyboard.ts'
import { useAlarms } from './use-alarms.ts'

/** What must be acted on now, until somebody says that they have seen it. */
export function AlarmBar({ person }: { person: Me }) {
  const { due, acknowledge } = useAlarms(person)
  // Crews who call for help have a band of their own, over the whole page.
  const others = due.filter((one) => one.tone !== 'duress')
  const [gravest] = others
  usePageKeys((act) => {
    if (act === 'acknowledge') acknowledge()
  })
  const go = () => {
    if (gravest?.at && 'incident' in gravest.at) openIncident(gravest.at.incident)
    else if (gravest?.at && 'call' in gravest.at) openCall(gravest.at.call)
    focusLine()
  }
  return (
    <div className="alarm-place" role="alert">
      {gravest && (
        <p className="alarm-bar" data-tone={gravest.tone}>
          <span>{gravest.words}</span>
          {others.length > 1 && <small>and {others.length - 1} more</small>}
          {gravest.at && (
            <button type="button" className="button" onClick={go}>
              Show
            </button>
          )}
          <button type="button" className="button" onClick={acknowledge}>
            Acknowledge <KeyHint keys="F9" />
          </button>
        </p>
      )}
    </div>
  )
}
