import { useQuery } from '@tanstack/react-query'
import type { Me } from '@toneout/contract/model/person.ts'
import { listPeople } from '@toneout/contract/operations/people.ts'
import { useState } from 'react'
import { ask, reason } from '../access/ask.ts'
import { mayMark } from './may-mark.ts'
import { Menu } from './menu.tsx'
import type { Change } from './use-bulk.ts'

type MenuProps = { person: Me; run: (change: Change) => unknown; busy: boolean }

const mayList = ({ role }: Me) => (listPeople.who as readonly string[]).includes(role)

/** People who could review, the own self first; others only for those who may know who there is. */
function usePeople(person: Me, isOpen: boolean) {
  return useQuery({
    queryKey: ['people', 'reviewers'],
    queryFn: async ({ signal }) => (await ask('listPeople', { query: { page_size: 200 } }, signal)).results,
    enabled: isOpen && mayList(person),
    staleTime: 60_000,
    select: (people) => people.filter((one) => one.active && one.id !== person.id && mayMark(one)),
  })
}

/** Who is to look at the selected calls again. */
export function ReviewerMenu({ person, run, busy }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const people = usePeople(person, isOpen)
  const choice = (words: string, reviewer_id: number | null) => (
    <button
      key={reviewer_id}
      type="button"
      className="button"
      aria-disabled={busy}
      onClick={() => run(reviewer_id === null ? { reviewer_id } : { review: 'NEEDED', reviewer_id })}
    >
      {words}
    </button>
  )
  return (
    <Menu name="Reviewer" onOpen={setOpen}>
      <fieldset className="menu-list" aria-label="Reviewer of the selected calls">
        {choice(`${person.username} (me)`, person.id)}
        {people.data?.map((one) => choice(one.username, one.id))}
        {choice('Nobody', null)}
      </fieldset>
      <div role="alert">
        {people.isError && <p className="form-fault">Others could not be listed. {reason(people.error)}</p>}
      </div>
    </Menu>
  )
}
