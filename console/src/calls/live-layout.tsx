import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect, useState } from 'react'
import { Rail } from '../frame/rail.tsx'
import { useLive } from '../live/use-live.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import { Columns } from './columns.tsx'
import { Notices } from './notices.tsx'
import { stepOpenCall, stepWaiting } from './step-selection.ts'
import { TopBar } from './top-bar.tsx'
import { useRetryOnReturn } from './use-calls.ts'
import { useView } from './view-store.ts'

/** How long the answer to a key that found nothing to do is shown. */
const saidMs = 5_000

export function LiveLayout({ person }: { person: Me }) {
  const live = useLive()
  const { call, incident, boards } = useView()
  const [said, say] = useState<{ words: string } | null>(null)
  usePageKeys((act) => {
    if (act !== 'next_waiting') stepOpenCall(live.board, act)
    else if (stepWaiting(live.centre)) say(null)
    else say({ words: 'Nothing waits for a unit.' })
  })
  useRetryOnReturn()
  useEffect(() => {
    const timer = setTimeout(() => say(null), saidMs)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <div className="layout" data-detail={(call ?? incident) ? 'selected' : 'none'} data-boards={boards}>
      <Rail person={person} />
      <TopBar person={person} />
      <main aria-label="The centre, live">
        <Notices person={person} />
        {/* Always there, so that what comes into it is read aloud. */}
        <div role="status" className="said">
          {said?.words}
        </div>
        <Columns person={person} />
      </main>
    </div>
  )
}
