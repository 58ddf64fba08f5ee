import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { HospitalOptions } from '@toneout/contract/model/crew.ts'
import { useEffect, useState } from 'react'
import { useCrew } from './crew-store.ts'
import { pressHospital, pressStep } from './queue.ts'
import { ask, reason } from './session.ts'
import { Sheet } from './sheet.tsx'
import { keepHospitals, readHospitals } from './storage.ts'

type Option = HospitalOptions['hospitals'][number]

/** Statuses in which leaving for a hospital is what follows. */
const leaves: readonly AssignmentStatus[] = ['ON_SCENE', 'AT_PATIENT']

/** Hospitals for the patient at hand; without network those that were read last. */
export async function readOptions(): Promise<Option[]> {
  try {
    const { hospitals } = await ask<HospitalOptions>('GET', '/api/crew/hospitals/')
    await keepHospitals(hospitals).catch(() => {})
    return hospitals
  } catch (error) {
    const kept = await readHospitals().catch(() => undefined)
    if (!kept) throw error
    return kept
  }
}

/** Hospitals best first, each with why; a tap chooses, and leaves for it where that is what follows. */
export function Hospitals({ status, onClose }: { status: AssignmentStatus | null; onClose: () => void }) {
  const { view } = useCrew()
  const [options, setOptions] = useState<Option[] | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const isLeaving = status !== null && leaves.includes(status)

  useEffect(() => {
    readOptions().then(setOptions, (error: unknown) =>
      setFault(`The hospitals could not be read. ${reason(error)}`),
    )
  }, [])

  const choose = ({ hospital_id, name }: Option) => {
    if (isLeaving) void pressStep('transport', `Leave for ${name}`, { hospital_id })
    else void pressHospital(hospital_id, name)
    onClose()
  }
  return (
    <Sheet title={isLeaving ? 'Leave for which hospital?' : 'Choose hospital'} onClose={onClose}>
      {fault && <p role="alert">{fault}</p>}
      {!options && !fault && <p className="quiet">Reading hospitals.</p>}
      {options?.length === 0 && <p>There is no hospital on the list.</p>}
      <ul className="options">
        {options?.map((one) => (
          <li key={one.hospital_id}>
            <button type="button" className="tall" data-last={one.offered_last} onClick={() => choose(one)}>
              <b>{one.name}</b>
              {view?.hospital?.id === one.hospital_id && <span className="unsure">chosen now</span>}
              <span>{one.reason}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
