import type { Me } from '@toneout/contract/model/person.ts'
import type { ComponentProps, ReactNode } from 'react'
import { changeQuery, useQueryWords } from './address.ts'
import { ListBody } from './list-body.tsx'
import { ListSearch } from './list-search.tsx'
import { PageFrame } from './page-frame.tsx'
import { focusRow, rowId } from './side-panel.tsx'

type Page = {
  person: Me
  name: string
  /** The word of the address that names what is chosen. */
  word: string
  search?: { placeholder: string; longest: number }
  /** What may be listed; `show` is the word of the address, empty for the first. */
  shows: readonly { show: string; name: string }[]
  /** On the button that opens the form of a new one; undefined for who may not make one. */
  add?: string | undefined
  read: ComponentProps<typeof ListBody>['read']
  count: number
  /** Said of an empty list, and of a search that finds nothing. */
  empty: { all: string; search: string }
  /** The table, with what is chosen in it. */
  table: (chosen: string) => ReactNode
  side: (id: number, close: () => void) => ReactNode
  fresh?: (close: () => void) => ReactNode
  /** In the head behind what may be listed, such as exports. */
  tools?: ReactNode
  /** Between the head and the list, such as filters. */
  above?: ReactNode
}

/** A list that is searched, and beside it what is chosen from it. */
export function ListPage({ person, name, word, shows, read, count, empty, ...page }: Page) {
  const words = useQueryWords()
  const [chosen, shown] = [words.get(word) ?? '', words.get('show') ?? '']
  const known = shows.some(({ show }) => show === shown) ? shown : ''
  const choose = (id: string) => changeQuery({ [word]: id })
  const close = () => {
    choose('')
    focusRow(chosen)
  }
  const what = name.toLowerCase()
  const hasHead = page.search !== undefined || shows.length > 0 || page.add !== undefined
  const isFiltered = [...words.keys()].some((one) => one !== word && one !== 'show')
  return (
    <PageFrame person={person} name={name}>
      <div className="desk-list" data-side={chosen === '' ? 'closed' : 'open'}>
        <section className="panel list" aria-label={`List of ${what}`}>
          {hasHead && (
            <header className="panel-head list-head">
              {page.search && <ListSearch what={what} {...page.search} />}
              {shows.length > 0 && (
                <fieldset className="segments" aria-label={`${name} to list`}>
                  {shows.map((one) => (
                    <button
                      key={one.name}
                      type="button"
                      aria-pressed={one.show === known}
                      onClick={() => changeQuery({ show: one.show })}
                    >
                      {one.name}
                    </button>
                  ))}
                </fieldset>
              )}
              {page.tools}
              {page.add !== undefined && (
                <button
                  id={rowId('new')}
                  type="button"
                  className="button primary"
                  onClick={() => choose('new')}
                >
                  {page.add}
                </button>
              )}
            </header>
          )}
          {page.above}
          <ListBody what={name} read={read} count={count} empty={empty[isFiltered ? 'search' : 'all']}>
            {page.table(chosen)}
          </ListBody>
        </section>
        {chosen === 'new' && page.add !== undefined && page.fresh?.(close)}
        {/^\d{1,15}$/.test(chosen) && page.side(Number(chosen), close)}
      </div>
    </PageFrame>
  )
}
