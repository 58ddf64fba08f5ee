import type { OwnMessage } from '@toneout/contract/model/message.ts'
import { reason } from '../access/ask.ts'
import { SoundButton } from '../alarms/sound-button.tsx'
import { clockTime } from '../ui/format.ts'
import { Empty, Failed } from '../ui/panel-states.tsx'
import { usePreAlerts, useSeen } from './use-own-hospital.ts'

/** How many that were seen stay in sight. */
const kept = 10

function Alert({ alert, onSeen }: { alert: OwnMessage; onSeen?: () => void }) {
  const { title, text, created_at } = alert
  return (
    <li data-unseen={onSeen !== undefined}>
      <p>
        <b>{title}</b> <span className="quiet">{clockTime(created_at)}</span>
      </p>
      <p>{text}</p>
      {onSeen && (
        <button type="button" className="button primary" aria-label={`Seen: ${title}`} onClick={onSeen}>
          Seen
        </button>
      )}
    </li>
  )
}

/** Patients who were announced: it sounds until each was seen. */
export function PreAlerts() {
  const { read, unseen, seen } = usePreAlerts()
  const change = useSeen()
  return (
    <section className="box" aria-label="Announced patients">
      <div className="box-head">
        <h2>Announced patients</h2>
        <SoundButton />
      </div>
      {read.isError && <Failed what="Announced patients" read={read} />}
      {read.isSuccess && unseen.length + seen.length === 0 && <Empty>No patient was announced.</Empty>}
      <div role="alert">
        <ul className="pre-alerts">
          {unseen.map((one) => (
            <Alert key={one.id} alert={one} onSeen={() => change.mutate(one.id)} />
          ))}
        </ul>
      </div>
      {change.isError && (
        <p className="form-fault" role="alert">
          Not told that it was seen. {reason(change.error)}
        </p>
      )}
      <ul className="pre-alerts quiet">
        {seen.slice(0, kept).map((one) => (
          <Alert key={one.id} alert={one} />
        ))}
      </ul>
    </section>
  )
}
