import { NothingWaits } from '../incidents/nothing-waits.tsx'
import { usePageActs } from './use-page-acts.ts'

/** Keys for anywhere on the page, and what is said of one that found nothing. */
export function PageKeys() {
  const { vainAt } = usePageActs()
  return <NothingWaits asked={vainAt} />
}
