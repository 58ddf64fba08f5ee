import type { Unit } from '@toneout/contract/model/unit.ts'
import { useState } from 'react'
import { type Done, runAct } from '../line/run-act.ts'
import { type StatusCode, statusCodes } from '../line/vocabulary.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { plain } from '../ui/words.ts'

const bound: readonly StatusCode[] = ['AK', 'EN', 'OS', 'PT', 'AH', 'HD', 'AV']
const free: readonly StatusCode[] = ['AV', 'PO', 'BR', 'OO']

/** The statuses that a desk may set for a crew, as the line has them. */
export function UnitActs({ unit }: { unit: Unit }) {
  const [outcome, setOutcome] = useState<Done | null>(null)
  const [busy, setBusy] = useState(false)
  const set = async (code: StatusCode) => {
    if (busy) return
    setBusy(true)
    setOutcome(await runAct({ do: 'status', units: [unit], code, hospital: null }))
    setBusy(false)
  }
  return (
    <div className="side-part">
      <h3>Set its status</h3>
      <div className="button-row">
        {(unit.assignment_id === null ? free : bound).map((code) => (
          <button
            key={code}
            type="button"
            className="button"
            aria-disabled={busy}
            onClick={() => void set(code)}
          >
            {plain(statusCodes[code].words)} <KeyHint keys={code} />
          </button>
        ))}
      </div>
      <p role="status" className={outcome?.is === 'done' ? 'quiet' : 'outcome'}>
        {outcome?.words}
      </p>
    </div>
  )
}
