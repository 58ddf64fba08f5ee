import type { Closure } from '@toneout/contract/model/streets.ts'
import { ask } from '../access/ask.ts'
import { closeSide } from '../frame/console-side.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { useRow } from '../frame/use-rows.ts'
import { generalFault } from '../ui/fault-words.ts'
import { stamp } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { ClosureForm } from './closure-form.tsx'
import { useChange } from './use-kept.ts'

const everyMs = 15_000

/** Streets that no unit is sent through, and a form that closes another one. */
export function ClosuresPanel() {
  const read = useRow(['kept', 'closures'], (signal) => ask('listClosures', {}, signal), everyMs)
  const lift = useChange((id: number) => ask('liftClosure', { params: { id } }))
  const closed = read.data?.results
  return (
    <SidePanel title="Closed streets" onClose={closeSide}>
      <div className="side-part">
        {read.isPending && <Skeleton rows={3} what="closed streets" />}
        {read.isError && <Failed what="Closed streets" read={read} />}
        {closed?.length === 0 && <p>No street is closed. Units are sent through all of them.</p>}
        <ul className="closed-streets">
          {closed?.map((one) => (
            <li key={one.id}>
              <b>{nameOf(one)}</b>
              <p>
                {one.reason},{' '}
                {one.until === null ? 'until it is opened' : `until ${stamp(one.until, Date.now())}`}
              </p>
              <span className="quiet">
                {one.set_by}, {stamp(one.set_at, Date.now())}
              </span>
              <button
                type="button"
                className="button"
                aria-disabled={lift.isPending}
                onClick={() => lift.isPending || lift.mutate(one.id)}
              >
                Open {nameOf(one)}
              </button>
            </li>
          ))}
        </ul>
        <div role="alert" className="form-fault">
          {generalFault(lift.error, [])}
        </div>
      </div>
      <ClosureForm />
    </SidePanel>
  )
}

const nameOf = ({ street, segment_id }: Closure) => street || `street ${segment_id}`
