import type { Me } from '@toneout/contract/model/person.ts'
import { PageLink } from '../frame/page-link.tsx'
import { roleWord } from '../ui/words.ts'
import { useDesk } from './desk.ts'
import { mayReadHandovers } from './may-read.ts'

/** Who is here and where, and the way to the notes that shifts leave for each other. */
export function PersonAtDesk({ person }: { person: Me }) {
  const desk = useDesk()
  if (!mayReadHandovers(person)) {
    return (
      <span className="person">
        {person.username}, {roleWord(person.role)}
      </span>
    )
  }
  return (
    <PageLink className="person" href="/handover" title="Desk and handover notes">
      {person.username}, {desk === '' ? `${roleWord(person.role)} · no desk` : desk}
    </PageLink>
  )
}
