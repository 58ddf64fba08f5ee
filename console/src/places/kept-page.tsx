import type { Me } from '@toneout/contract/model/person.ts'
import { keepers } from '@toneout/contract/roles.ts'
import type { ComponentProps, ComponentType } from 'react'
import { useQueryWords } from '../frame/address.ts'
import { ListPage } from '../frame/list-page.tsx'
import { type Column, RowTable } from '../frame/row-table.tsx'
import type { KeptFilter } from './use-kept.ts'

export const mayKeep = (person: Me) => (keepers as readonly string[]).includes(person.role)

type List<Row> = { read: ComponentProps<typeof ListPage>['read']; rows: readonly Row[] }

export type SideProps = { id: number; person: Me; onClose: () => void }

/** What a page of something that is kept differs in from the others. */
export type Kept<Row> = {
  name: string
  /** Of one: unit. */
  one: string
  placeholder: string
  useList: (filter: KeptFilter) => List<Row>
  label: (row: Row) => string
  /** `spare` in a class name: given up first where there is little room. */
  columns: readonly Column<Row>[]
  /** In the head of the list, such as its export. */
  Tools?: ComponentType<{ person: Me; filter: KeptFilter }>
  Side: ComponentType<SideProps>
  New: ComponentType<Pick<SideProps, 'onClose'>>
}

type Row = { id: number; retired_at: string | null }

const shows = [
  { show: '', name: 'In use' },
  { show: 'retired', name: 'Out of use' },
] as const

/** A list of what the centre has, and beside it what is chosen from it. */
export function KeptPage<R extends Row>({ person, kept }: { person: Me; kept: Kept<R> }) {
  const words = useQueryWords()
  const filter = { retired: words.get('show') === 'retired', search: words.get('search') ?? '' }
  const { read, rows } = kept.useList(filter)
  const { name, one } = kept
  return (
    <ListPage
      person={person}
      name={name}
      word="id"
      search={{ placeholder: kept.placeholder, longest: 100 }}
      shows={shows}
      tools={kept.Tools && <kept.Tools person={person} filter={filter} />}
      add={mayKeep(person) ? `Add a ${one}` : undefined}
      read={read}
      count={rows.length}
      empty={{ all: `No ${one} is in this list.`, search: `No ${one} is called so.` }}
      table={(chosen) => (
        <RowTable
          className="kept"
          caption={`${name} by name`}
          first={one.charAt(0).toUpperCase() + one.slice(1)}
          label={kept.label}
          columns={kept.columns}
          rows={rows}
          isOver={(row) => row.retired_at !== null}
          word="id"
          chosen={chosen}
        />
      )}
      side={(id, close) => <kept.Side key={id} id={id} person={person} onClose={close} />}
      fresh={(close) => <kept.New onClose={close} />}
    />
  )
}
