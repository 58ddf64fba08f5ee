import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { sessionKey } from '../access/session.ts'
import { currentView } from '../calls/view-store.ts'
import { matches } from './listing.ts'
import { Live } from './live.ts'
import { startLive } from './start.ts'
import { LiveContext } from './use-live.ts'

const openSource = (url: string) => new EventSource(url)

/** Around every page that shows the centre as it is now. The feed lives exactly as long as the page. */
export function WithLive({ children }: { children: ReactNode }) {
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
  return <LiveContext value={live}>{children}</LiveContext>
}
