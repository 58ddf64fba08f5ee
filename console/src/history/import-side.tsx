import type { HistoryImport, Quarantined, Reason } from '@toneout/contract/model/import.ts'
import { ListBody } from '../frame/list-body.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { amount, stamp } from '../ui/format.ts'
import { useQuarantine } from './use-imports.ts'

const reasons: Record<Reason, string> = {
  unreadable: 'Cannot be read',
  position: 'The position is none',
  no_end: 'Has no end',
  out_of_order: 'Times are out of order',
  overlapping: 'The unit had not ended its run before',
}

/** One import: what became of its rows, and those that are not right. */
export function ImportSide({ row, onClose }: { row: HistoryImport; onClose: () => void }) {
  const { read, rows } = useQuarantine(row.id)
  const now = Date.now()
  return (
    <SidePanel title={row.file_name} onClose={onClose}>
      <SideFacts
        label="Facts of the import"
        facts={[
          ['Mapping', row.source],
          ['Begun', stamp(row.started_at, now)],
          ['Ended', row.ended_at === null ? 'Not through yet' : stamp(row.ended_at, now)],
          ['Rows read', amount(row.rows_read)],
          ['Brought', amount(row.rows_added)],
          ['Known before', amount(row.rows_known)],
          ['Left out', amount(row.rows_held)],
          ['Taken, not right', amount(row.rows_flagged)],
          ['New', `${amount(row.incidents_added)} incidents, ${amount(row.units_added)} units`],
        ]}
      />
      {row.ended_at === null && (
        <div className="side-part">
          <p>Was it stopped? The same command with the same file goes on where it ended.</p>
        </div>
      )}
      <section aria-label="Quarantine">
        <ListBody what="The quarantine" read={read} count={rows.length} empty="Every row of it is right.">
          <ul className="report">
            {rows.map((one) => (
              <Held key={one.id} row={one} />
            ))}
          </ul>
        </ListBody>
      </section>
    </SidePanel>
  )
}

function Held({ row }: { row: Quarantined }) {
  return (
    <li>
      <b>{reasons[row.reason]}</b> {row.is_held ? 'left out' : 'taken as it is'}
      <p>{row.detail}</p>
      <p className="report-role">
        Row {row.row_key}
        {row.line > 0 && `, line ${amount(row.line)}`}
      </p>
    </li>
  )
}
