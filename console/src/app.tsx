import { useRef } from 'react'
import { isHeld } from './access/due.ts'
import { setEnrolling, useEnrolling } from './access/enrolling.ts'
import { hasLeft, useSession } from './access/session.ts'
import { SignInForm } from './access/sign-in-form.tsx'
import { Enrolment, Page } from './pages.tsx'
import { Failed } from './ui/panel-states.tsx'

export function App() {
  const session = useSession()
  const enrolling = useEnrolling()
  const last = useRef(session.data)
  if (session.data) last.current = session.data
  if (session.data === null) {
    const lost = last.current && !hasLeft(last.current) ? last.current.username : null
    return <SignInForm lost={lost} />
  }
  if (session.data) {
    const held = isHeld(session.data.second_factor, Date.now())
    if (!held && !enrolling) return <Page person={session.data} />
    const what = enrolling || 'app'
    return <Enrolment person={session.data} isForced={held} what={what} onEnd={() => setEnrolling(false)} />
  }
  if (!session.isError) return <main className="alone" aria-label="Toneout" aria-busy="true" />
  return (
    <main className="alone">
      <h1>Toneout</h1>
      <Failed what="The session" read={session} />
    </main>
  )
}
