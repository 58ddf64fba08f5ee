import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import { useEffect } from 'react'
import { Hospitals, readOptions } from './hospitals.tsx'
import { More } from './more.tsx'

export type Which = 'more' | 'hospitals' | null

type SheetsProps = {
  which: Which
  /** Of the live assignment; null for none. */
  status: AssignmentStatus | null
  onOpen: (which: Which) => void
}

/** What opens over the screen. */
export function Sheets({ which, status, onOpen }: SheetsProps) {
  const isLive = status !== null
  useEffect(() => {
    // On scene there may be no network, and the patient must go somewhere all the same.
    if (isLive) void readOptions().catch(() => {})
  }, [isLive])
  const close = () => onOpen(null)
  if (which === 'more')
    return <More status={status} onClose={close} onHospitals={() => onOpen('hospitals')} />
  if (which === 'hospitals' && isLive) return <Hospitals status={status} onClose={close} />
  return null
}
