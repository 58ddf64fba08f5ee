import type { Me } from '@toneout/contract/model/person.ts'
import { WithLive } from '../live/with-live.tsx'
import { useSharedSelection } from '../map/share-selection.ts'
import { LiveLayout } from './live-layout.tsx'

/** Everything behind the sign-in. */
export function LivePage({ person }: { person: Me }) {
  useSharedSelection('console')
  return (
    <WithLive>
      <LiveLayout person={person} />
    </WithLive>
  )
}
