import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect } from 'react'
import { ask } from '../access/ask.ts'
import { setEnrolling } from '../access/enrolling.ts'
import { sessionKey, useSignOut } from '../access/session.ts'
import { roleWord } from '../ui/words.ts'
import { PasswordStep } from './password-step.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { ScanStep } from './scan-step.tsx'

type AppProps = { person: Me; isForced: boolean; onEnd: () => void }

/** Three steps: the password again, the app and its first code, the recovery codes. */
export function NewApp({ person, isForced, onEnd }: AppProps) {
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: (password: string) => ask('beginSecondFactor', { body: { password } }),
  })
  const confirm = useMutation({
    mutationFn: (code: string) => ask('confirmSecondFactor', { body: { code } }),
    // From here on the server asks for nothing more, but the codes must stay until they are kept.
    onSuccess: () => setEnrolling('app'),
  })
  const step = confirm.data ? 3 : begin.data ? 2 : 1
  useEffect(() => {
    document.title = 'Authenticator app – Toneout'
  }, [])
  const finish = () => {
    queries.setQueryData<Me>(
      sessionKey,
      (me) => me && { ...me, second_factor: { ...me.second_factor, enrolled: true, due_at: null } },
    )
    onEnd()
  }
  return (
    <main className="alone enrolment">
      <div className="sheet" data-step={step}>
        <p className="step">Step {step} of 3</p>
        {step === 1 && (
          <PasswordStep begin={begin}>
            {isForced && `The role ${roleWord(person.role)} needs one now; nothing else works before. `}
          </PasswordStep>
        )}
        {begin.data && !confirm.data && <ScanStep factor={begin.data} confirm={confirm} />}
        {confirm.data && (
          <RecoveryCodes codes={confirm.data.recovery_codes} username={person.username} onKept={finish}>
            The app is set up.
          </RecoveryCodes>
        )}
        {step < 3 && <WayOut isForced={isForced} onEnd={onEnd} />}
      </div>
    </main>
  )
}

function WayOut({ isForced, onEnd }: { isForced: boolean; onEnd: () => void }) {
  const signOut = useSignOut()
  return isForced ? (
    <button type="button" className="link" onClick={() => signOut.mutate()}>
      {signOut.isError ? 'Sign out: no answer, try again' : 'Sign out'}
    </button>
  ) : (
    <button type="button" className="link" onClick={onEnd}>
      Not now
    </button>
  )
}
