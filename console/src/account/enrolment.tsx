import type { Me } from '@toneout/contract/model/person.ts'
import { NewApp } from './new-app.tsx'
import { NewCodes } from './new-codes.tsx'

type EnrolmentProps = { person: Me; isForced: boolean; what: 'app' | 'codes'; onEnd: () => void }

/** What covers every page until it is done. */
export function Enrolment({ what, isForced, ...rest }: EnrolmentProps) {
  // Who must set an app up has none yet that codes could stand in for.
  if (what === 'codes' && !isForced) return <NewCodes {...rest} />
  return <NewApp isForced={isForced} {...rest} />
}
