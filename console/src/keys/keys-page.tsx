import type { Me } from '@toneout/contract/model/person.ts'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { ListBody } from '../frame/list-body.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { focusRow } from '../frame/side-panel.tsx'
import { KeySide } from './key-side.tsx'
import { KeyTable } from './key-table.tsx'
import { NewKey } from './new-key.tsx'
import { useKeys } from './use-keys.ts'

const shows = [
  { show: '', name: 'Not revoked' },
  { show: 'all', name: 'All' },
] as const

/** Credentials of programs. */
export function KeysPage({ person }: { person: Me }) {
  const words = useQueryWords()
  const chosen = words.get('key') ?? ''
  const [all, search] = [words.get('show') === 'all', words.get('search') ?? '']
  const read = useKeys({ all, search })
  const keys = read.data?.pages.flatMap((page) => page.results) ?? []
  const close = () => {
    changeQuery({ key: '' })
    focusRow(chosen)
  }
  return (
    <PageFrame person={person} name="Keys">
      <div className="desk-list" data-side={chosen === '' ? 'closed' : 'open'}>
        <section className="panel list" aria-label="List of keys">
          <header className="panel-head list-head">
            <ListSearch what="keys" placeholder="Name" longest={100} />
            <fieldset className="segments" aria-label="Keys to list">
              {shows.map(({ show, name }) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={(show === 'all') === all}
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
              onClick={() => changeQuery({ key: 'new' })}
            >
              Make a key
            </button>
          </header>
          <ListBody
            what="Keys"
            read={read}
            count={keys.length}
            empty={
              search === ''
                ? 'There is no key yet. A program needs one to call the API.'
                : 'No key has this in its name.'
            }
          >
            <KeyTable keys={keys} chosen={chosen} />
          </ListBody>
        </section>
        {chosen === 'new' && <NewKey onClose={close} />}
        {/^\d{1,15}$/.test(chosen) && <KeySide key={chosen} id={Number(chosen)} onClose={close} />}
      </div>
    </PageFrame>
  )
}
