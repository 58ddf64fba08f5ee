import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect, useState } from 'react'
import { sessionKey } from '../access/session.ts'
import { matches } from '../live/listing.ts'
import { Live } from '../live/live.ts'
import { startLive } from '../live/start.ts'
import { LiveContext } from '../live/use-live.ts'
import { LiveLayout } from './live-layout.tsx'
import { currentView } from './view-store.ts'

const openSource = (url: string) => new EventSource(url)

/** Everything behind the sign-in. The feed lives exactly as long as this page. */
export function LivePage({ person }: { person: Me }) {
  const queries = useQueryClient()
  const [live] = useState(
    () =>
      new Live({
        onLost: () => void queries.refetchQueries({ queryKey: sessionKey }),
        shown: (call) => matches(currentView().show, call),
        selected: () => currentView().call,
        selectedIncident: () => currentView().incident,
      }),
  )
  useEffect(() => startLive(live, openSource), [live])
  return (
    <LiveContext value={live}>
      <LiveLayout person={person} />
    </LiveContext>
  )
}
