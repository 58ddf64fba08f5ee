import type { Me } from '@toneout/contract/model/person.ts'
import { useState } from 'react'
import { daysLeft } from '../access/due.ts'
import { setEnrolling } from '../access/enrolling.ts'
import { CloseIcon } from '../ui/icons.tsx'
import { roleWord } from '../ui/words.ts'

/** Put off until the page is loaded again; by then it may be due. */
let isPutOff = false

/** A quiet word to whoever will soon need a second factor. */
export function DueNotice({ person }: { person: Me }) {
  const [isHidden, setHidden] = useState(isPutOff)
  const left = daysLeft(person.second_factor, Date.now())
  if (left === null || isHidden) return null
  return (
    <p className="notice recovery" role="status">
      <span>
        The role {roleWord(person.role)} needs an authenticator app {left}.
        <button type="button" className="link" onClick={() => setEnrolling('app')}>
          Set it up
        </button>
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label="Remind me later"
        onClick={() => {
          isPutOff = true
          setHidden(true)
        }}
      >
        <CloseIcon />
      </button>
    </p>
  )
}
