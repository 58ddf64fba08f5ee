import type { Me } from '@toneout/contract/model/person.ts'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { ListBody } from '../frame/list-body.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { focusRow } from '../frame/side-panel.tsx'
import { NewPerson } from './new-person.tsx'
import { PeopleTable } from './people-table.tsx'
import { PersonSide } from './person-side.tsx'
import { usePeople } from './use-people.ts'

const shows = [
  { show: '', name: 'Active', active: true },
  { show: 'out', name: 'Shut out', active: false },
  { show: 'all', name: 'All', active: undefined },
] as const

/** Everybody who may sign in, or may not any more. */
export function PeoplePage({ person }: { person: Me }) {
  const words = useQueryWords()
  const [chosen, search] = [words.get('person') ?? '', words.get('search') ?? '']
  const shown = shows.find(({ show }) => show === words.get('show')) ?? shows[0]
  const read = usePeople({ active: shown.active, search })
  const people = read.data?.pages.flatMap((page) => page.results) ?? []
  const close = () => {
    changeQuery({ person: '' })
    focusRow(chosen)
  }
  return (
    <PageFrame person={person} name="People">
      <div className="desk-list" data-side={chosen === '' ? 'closed' : 'open'}>
        <section className="panel list" aria-label="List of people">
          <header className="panel-head list-head">
            <ListSearch what="people" placeholder="Username" longest={150} />
            <fieldset className="segments" aria-label="People to list">
              {shows.map(({ show, name }) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={show === shown.show}
                  onClick={() => changeQuery({ show })}
                >
                  {name}
                </button>
              ))}
            </fieldset>
            <button
              id="row-new"
              type="button"
              className="button primary"
              onClick={() => changeQuery({ person: 'new' })}
            >
              Add a person
            </button>
          </header>
          <ListBody
            what="People"
            read={read}
            count={people.length}
            empty={search === '' ? 'Nobody is in this list.' : 'Nobody has this in their username.'}
          >
            <PeopleTable people={people} chosen={chosen} />
          </ListBody>
        </section>
        {chosen === 'new' && <NewPerson onClose={close} />}
        {/^\d{1,15}$/.test(chosen) && (
          <PersonSide key={chosen} id={Number(chosen)} own={person.id === Number(chosen)} onClose={close} />
        )}
      </div>
    </PageFrame>
  )
}
