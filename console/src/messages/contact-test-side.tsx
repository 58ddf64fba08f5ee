import type { ContactTest, ContactTestRow } from '@toneout/contract/model/contact-test.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { ListBody } from '../frame/list-body.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { amount, stamp } from '../ui/format.ts'
import { roleWord } from '../ui/words.ts'
import { channelWord, stateOf } from './message-words.ts'
import { useReport } from './use-channels.ts'

/** Who could not be reached, who was reached by nothing, and who was. */
function rank({ messages }: ContactTestRow): number {
  if (messages.some(({ state }) => state === 'FAILED')) return 0
  return messages.length === 0 ? 2 : 1
}

/** Who was reached, those who were not first. */
export function ContactTestSide({ test, onClose }: { test: ContactTest; onClose: () => void }) {
  const { read, rows } = useReport(test.id)
  const now = Date.now()
  const sorted = [...rows].sort((a, b) => rank(a) - rank(b))
  return (
    <SidePanel title={`Test of ${stamp(test.started_at, now)}`} onClose={onClose}>
      <SideFacts
        label="Facts of the test"
        facts={[
          ['Begun', test.started_by === null ? 'By itself' : `By ${test.started_by}`],
          [
            'Reached',
            `${amount(test.delivered + test.acknowledged)}, of which ${amount(test.acknowledged)} seen`,
          ],
          ['Not reached', amount(test.failed)],
          ['Waiting', amount(test.waiting)],
        ]}
      />
      <ListBody what="The report" read={read} count={rows.length} empty="Nobody has an account.">
        <ul className="report">
          {sorted.map((row) => (
            <li key={row.person_id}>
              <b>{row.username}</b> <span className="report-role">{roleWord(row.role as Role)}</span>
              <Reached row={row} />
            </li>
          ))}
        </ul>
      </ListBody>
    </SidePanel>
  )
}

function Reached({ row }: { row: ContactTestRow }) {
  if (row.messages.length === 0) return <p>Off duty then, or no address.</p>
  return (
    <ul>
      {row.messages.map((one) => (
        <li key={one.id} className={one.state === 'FAILED' ? 'failed-word' : undefined}>
          {channelWord(one.channel)}: {stateOf({ ...one, attempts: 0 })}
        </li>
      ))}
    </ul>
  )
}
