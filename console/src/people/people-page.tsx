import type { Me } from '@toneout/contract/model/person.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListPage } from '../frame/list-page.tsx'
import { NewPerson } from './new-person.tsx'
import { PeopleTable } from './people-table.tsx'
import { PersonSide } from './person-side.tsx'
import { usePeople } from './use-people.ts'

const shows = [
  { show: '', name: 'Active', active: true },
  { show: 'out', name: 'Shut out', active: false },
  { show: 'all', name: 'All', active: undefined },
] as const

const empty = { all: 'Nobody is in this list.', search: 'Nobody has this in their username.' }

/** Everybody who may sign in, or may not any more. */
export function PeoplePage({ person }: { person: Me }) {
  const words = useQueryWords()
  const shown = shows.find(({ show }) => show === words.get('show')) ?? shows[0]
  const { read, rows } = usePeople({ active: shown.active, search: words.get('search') ?? '' })
  return (
    <ListPage
      person={person}
      name="People"
      word="person"
      search={{ placeholder: 'Username', longest: 150 }}
      shows={shows}
      add="Add a person"
      read={read}
      count={rows.length}
      empty={empty}
      table={(chosen) => <PeopleTable people={rows} chosen={chosen} />}
      side={(id, close) => <PersonSide key={id} id={id} own={person.id === id} onClose={close} />}
      fresh={(close) => <NewPerson onClose={close} />}
    />
  )
}
