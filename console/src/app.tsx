import { mayReadCalls, useSession, useSignOut } from './access/session.ts'
import { SignInForm } from './access/sign-in-form.tsx'
import { LivePage } from './calls/live-page.tsx'
import { Failed } from './ui/panel-states.tsx'

export function App() {
  const session = useSession()
  const signOut = useSignOut()
  if (session.data === null) return <SignInForm />
  if (session.data && mayReadCalls(session.data)) return <LivePage person={session.data} />
  if (session.data) {
    return (
      <main className="alone">
        <h1>No console for this role</h1>
        <p>
          {session.data.username} is signed in as {session.data.role}. Calls are open to dispatchers,
          supervisors and admins.
        </p>
        <button type="button" className="button" onClick={() => signOut.mutate()}>
          Sign out
        </button>
      </main>
    )
  }
  if (!session.isError) return <main className="alone" aria-label="Toneout" aria-busy="true" />
  return (
    <main className="alone">
      <h1>Toneout</h1>
      <Failed
        what="The session"
        error={session.error}
        since={session.errorUpdatedAt}
        retry={() => void session.refetch()}
        busy={session.isFetching}
      />
    </main>
  )
}
