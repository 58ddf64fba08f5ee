import { callStatuses } from '@toneout/contract/model/call.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import type { FormEvent } from 'react'
import { statusWord } from '../ui/words.ts'
import { Menu } from './menu.tsx'
import { ReviewerMenu } from './reviewer-menu.tsx'
import type { Change } from './use-bulk.ts'

type ActsProps = { person: Me; run: (change: Change) => unknown; busy: boolean }

/** What a desk may do to several calls at once. */
export function BulkActs({ person, run, busy }: ActsProps) {
  const tag = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const name = String(new FormData(form).get('tag')).trim()
    if (name !== '') run({ add_tags: [name] })
    form.reset()
  }
  const act = (words: string, change: Change) => (
    <button type="button" className="button" aria-disabled={busy} onClick={() => run(change)}>
      {words}
    </button>
  )
  return (
    <>
      {act('Needs review', { review: 'NEEDED' })}
      {act('Reviewed', { review: 'DONE' })}
      <ReviewerMenu person={person} run={run} busy={busy} />
      <Menu name="Set status">
        <fieldset className="menu-list" aria-label="Status of the selected calls">
          {callStatuses.map((status) => (
            <button
              key={status}
              type="button"
              className="button"
              aria-disabled={busy}
              onClick={() => run({ status })}
            >
              {statusWord(status)}
            </button>
          ))}
        </fieldset>
      </Menu>
      <Menu name="Add tag">
        <form className="view-form" aria-label="Tag the selected calls" onSubmit={tag}>
          <label>
            Tag
            <input name="tag" maxLength={40} autoComplete="off" required />
          </label>
          <button type="submit" className="button" aria-disabled={busy}>
            Add
          </button>
        </form>
      </Menu>
    </>
  )
}
