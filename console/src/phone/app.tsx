import { useEffect } from 'react'
import { roleWord } from '../ui/words.ts'
import { CrewScreen } from './crew-screen.tsx'
import { change, useCrew } from './crew-store.ts'
import { begin, signOut } from './entering.ts'
import { followCrew } from './feed.ts'
import { renewPush } from './push.ts'
import { readQueue, sendPresses } from './queue.ts'
import type { Person } from './session.ts'
import { SignIn } from './sign-in.tsx'

function WrongRole({ person }: { person: Person }) {
  return (
    <main className="alone">
      <h1>Crew</h1>
      <p>
        This page is for paramedics. You are signed in as {person.username}, {roleWord(person.role)}.
      </p>
      <a className="tall" href="/">
        Open the console
      </a>
      <button type="button" className="tall" onClick={() => void signOut()}>
        Sign out
      </button>
    </main>
  )
}

function Beginning({ fault }: { fault: string | null }) {
  if (!fault) return <main className="alone" aria-label="Crew" aria-busy="true" />
  return (
    <main className="alone">
      <h1>Crew</h1>
      <p role="alert">{fault}</p>
      <button
        type="button"
        className="tall"
        onClick={() => {
          change({ fault: null })
          void begin()
        }}
      >
        Try again
      </button>
    </main>
  )
}

export function App() {
  const { person, fault } = useCrew()
  const crewId = person?.role === 'paramedic' ? person.id : null

  useEffect(() => void begin(), [])
  useEffect(() => {
    if (crewId === null) return undefined
    void readQueue()
    renewPush().catch(() => {})
    return followCrew(sendPresses)
  }, [crewId])

  if (person === undefined) return <Beginning fault={fault} />
  if (person === null) return <SignIn onIn={(known) => change({ person: known, fault: null })} />
  if (crewId === null) return <WrongRole person={person} />
  return <CrewScreen />
}
