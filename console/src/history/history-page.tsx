import type { Me } from '@toneout/contract/model/person.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListFilters } from '../frame/list-filters.tsx'
import { ListPage } from '../frame/list-page.tsx'
import { ChainStrip } from './chain-strip.tsx'
import { EntrySide } from './entry-side.tsx'
import { filters } from './history-filters.ts'
import { HistoryTable } from './history-table.tsx'
import { useHistory } from './use-history.ts'

/** Who changed what, and whether all of it is as it was written. */
export function HistoryPage({ person }: { person: Me }) {
  const words = useQueryWords()
  const word = (name: string) => words.get(name) ?? ''
  const { read, rows } = useHistory({
    actor: word('actor'),
    kind: word('kind'),
    type: word('type'),
    about: word('about'),
    from: word('from'),
    to: word('to'),
    request: word('request'),
  })
  return (
    <ListPage
      person={person}
      name="History"
      word="line"
      shows={[]}
      read={read}
      count={rows.length}
      empty={{
        all: 'Nothing was done yet.',
        search: 'The history has no line like this. Names and numbers are looked for as a whole.',
      }}
      above={
        <>
          <ChainStrip />
          <ListFilters filters={filters} />
        </>
      }
      table={(chosen) => <HistoryTable rows={rows} chosen={chosen} />}
      side={(id, close) => {
        const entry = rows.find((row) => row.id === id)
        return entry && <EntrySide key={id} entry={entry} onClose={close} />
      }}
    />
  )
}
