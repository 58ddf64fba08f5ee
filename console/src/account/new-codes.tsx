import { useMutation } from '@tanstack/react-query'
import type { BothProofs, Me } from '@toneout/contract/model/person.ts'
import { useEffect } from 'react'
import { ask } from '../access/ask.ts'
import { BothProofsForm } from './both-proofs-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Recovery codes in place of those that are left, for who used or lost them. */
export function NewCodes({ person, onEnd }: { person: Me; onEnd: () => void }) {
  const replace = useMutation({
    mutationFn: (body: BothProofs) => ask('replaceRecoveryCodes', { body }),
  })
  useEffect(() => {
    document.title = 'Recovery codes – Toneout'
  }, [])
  return (
    <main className="alone enrolment">
      <div className="sheet">
        {replace.data ? (
          <RecoveryCodes codes={replace.data.recovery_codes} username={person.username} onKept={onEnd}>
            The old codes are of no use any more.
          </RecoveryCodes>
        ) : (
          <>
            <h1>New recovery codes</h1>
            <BothProofsForm label="New recovery codes" act="Get new codes" sending={replace} onEnd={onEnd}>
              Ten new codes take the place of those you have; the old ones end.
            </BothProofsForm>
          </>
        )}
      </div>
    </main>
  )
}
