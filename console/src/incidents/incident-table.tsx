import { Fragment, useMemo } from 'react'
import { focusDetail, moveToIncident, openIncident } from '../calls/select.ts'
import { useRoving } from '../calls/use-roving.ts'
import { useSelection } from '../calls/use-selection.ts'
import { Rows } from './incident-rows.tsx'
import type { Queue } from './queue.ts'

const columns = [
  ['place-no', ''],
  ['priority', ''],
  ['incident', 'No.'],
  ['type', 'Type'],
  ['location', 'Location'],
  ['units', 'Units'],
  ['status', 'Status'],
  ['time', 'In status'],
] as const

const spoken: Partial<Record<string, string>> = { 'place-no': 'Row', priority: 'Priority' }

const groupNames = { waiting: 'Waiting for a unit', assigned: 'Assigned' } as const

export function IncidentTable({ queue }: { queue: Queue }) {
  const { incident } = useSelection()
  const selected = incident === null ? null : String(incident)
  const rows = useMemo(() => [...queue.waiting, ...queue.assigned], [queue])
  const keys = useMemo(() => rows.map((row) => String(row.id)), [rows])
  const reveal = (index: number) =>
    roving.list.current?.querySelectorAll('[data-key]')[index]?.scrollIntoView({ block: 'nearest' })
  const roving = useRoving({
    name: 'incidents',
    keys,
    selected,
    reveal,
    open: (key) => {
      openIncident(Number(key))
      focusDetail()
    },
    move: (key) => moveToIncident(Number(key)),
  })
  const groups = (['waiting', 'assigned'] as const).filter((name) => queue[name].length > 0)
  return (
    <div ref={roving.list} className="scroll table-scroll">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is still a table
        role="grid"
        aria-labelledby="incidents-title"
        data-keys="incidents"
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
      >
        <thead>
          <tr>
            {columns.map(([name, words]) => (
              <th key={name} scope="col" className={`c-${name}`}>
                {words || <span className="unseen">{spoken[name]}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((name) => (
            <Fragment key={name}>
              <tr className="group">
                <th scope="rowgroup" colSpan={3}>
                  {groupNames[name]} <span className="count">{queue[name].length}</span>
                </th>
              </tr>
              <Rows
                rows={queue[name]}
                before={name === 'waiting' ? 0 : queue.waiting.length}
                stop={roving.index}
              />
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
