import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { openIncident } from '../calls/select.ts'
import { openSide } from '../frame/side-store.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { acknowledgeDuress } from './acknowledge-duress.ts'
import { DuressBand } from './duress-band.tsx'
import { type Duress, useDuress } from './use-duress.ts'

function show({ unit }: Duress) {
  if (unit.incident_id !== null) openIncident(unit.incident_id)
  openSide({ is: 'unit', id: unit.id })
}

/** At a desk the band has what to do: say that it is seen, look at the unit, and clear it there. */
export function DuressAlarm({ person }: { person: Me }) {
  const duress = useDuress(person)
  const acts = (one: Duress) => (
    <>
      {!one.isSeen && (
        <button type="button" className="button" onClick={() => acknowledgeDuress(one.unit.id)}>
          Acknowledge <KeyHint keys="F9" />
        </button>
      )}
      <button type="button" className="button" onClick={() => show(one)}>
        Show {one.unit.unit_number}
      </button>
    </>
  )
  return <DuressBand duress={duress} acts={mayDispatch(person) ? acts : undefined} />
}
