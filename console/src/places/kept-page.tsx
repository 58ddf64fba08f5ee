import type { Me } from '@toneout/contract/model/person.ts'
import { keepers } from '@toneout/contract/roles.ts'
import type { ComponentProps, ComponentType, ReactNode } from 'react'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { ListBody } from '../frame/list-body.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { focusRow, rowId } from '../frame/side-panel.tsx'
import type { KeptFilter } from './use-kept.ts'

export const mayKeep = (person: Me) => (keepers as readonly string[]).includes(person.role)

type List<Row> = ComponentProps<typeof ListBody>['read'] & {
  data: { pages: readonly { results: readonly Row[] }[] } | undefined
}

export type SideProps = { id: number; person: Me; onClose: () => void }

export type Column<Row> = {
  name: string
  title: string
  /** Given up first where there is little room. */
  spare?: boolean
  cell: (row: Row) => ReactNode
}

/** What a page of something that is kept differs in from the others. */
export type Kept<Row> = {
  name: string
  /** Of one: unit. */
  one: string
  placeholder: string
  useList: (filter: KeptFilter) => List<Row>
  label: (row: Row) => string
  columns: readonly Column<Row>[]
  Side: ComponentType<SideProps>
  New: ComponentType<Pick<SideProps, 'onClose'>>
}

type Row = { id: number; retired_at: string | null }

/** A list of what the centre has, and beside it what is chosen from it. */
export function KeptPage<R extends Row>({ person, kept }: { person: Me; kept: Kept<R> }) {
  const words = useQueryWords()
  const [chosen, search] = [words.get('id') ?? '', words.get('search') ?? '']
  const retired = words.get('show') === 'retired'
  const read = kept.useList({ retired, search })
  const rows = read.data?.pages.flatMap((page) => page.results) ?? []
  const close = () => {
    changeQuery({ id: '' })
    focusRow(chosen)
  }
  return (
    <PageFrame person={person} name={kept.name}>
      <div className="desk-list" data-side={chosen === '' ? 'closed' : 'open'}>
        <section className="panel list" aria-label={`List of ${kept.name.toLowerCase()}`}>
          <header className="panel-head list-head">
            <ListSearch what={kept.name.toLowerCase()} placeholder={kept.placeholder} longest={100} />
            <fieldset className="segments" aria-label={`${kept.name} to list`}>
              <button type="button" aria-pressed={!retired} onClick={() => changeQuery({ show: '' })}>
                In use
              </button>
              <button type="button" aria-pressed={retired} onClick={() => changeQuery({ show: 'retired' })}>
                Out of use
              </button>
            </fieldset>
            {mayKeep(person) && (
              <button
                id={rowId('new')}
                type="button"
                className="button primary"
                onClick={() => changeQuery({ id: 'new' })}
              >
                Add a {kept.one}
              </button>
            )}
          </header>
          <ListBody
            what={kept.name}
            read={read}
            count={rows.length}
            empty={search === '' ? `No ${kept.one} is in this list.` : `No ${kept.one} is called so.`}
          >
            <KeptTable kept={kept} rows={rows} chosen={chosen} />
          </ListBody>
        </section>
        {chosen === 'new' && mayKeep(person) && <kept.New onClose={close} />}
        {/^\d{1,15}$/.test(chosen) && (
          <kept.Side key={chosen} id={Number(chosen)} person={person} onClose={close} />
        )}
      </div>
    </PageFrame>
  )
}

type TableProps<R> = { kept: Kept<R>; rows: readonly R[]; chosen: string }

function KeptTable<R extends Row>({ kept, rows, chosen }: TableProps<R>) {
  return (
    <table className="kept">
      <caption className="unseen">{kept.name} by name</caption>
      <thead>
        <tr>
          <th scope="col">{kept.one.charAt(0).toUpperCase() + kept.one.slice(1)}</th>
          {kept.columns.map(({ name, title, spare }) => (
            <th key={name} scope="col" data-column={name} data-spare={spare}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-chosen={String(row.id) === chosen} data-over={row.retired_at !== null}>
            <td>
              <button
                id={rowId(row.id)}
                type="button"
                className="row-name"
                aria-expanded={String(row.id) === chosen}
                title={kept.label(row)}
                onClick={() => changeQuery({ id: String(row.id) })}
              >
                {kept.label(row)}
              </button>
            </td>
            {kept.columns.map(({ name, spare, cell }) => (
              <td key={name} data-column={name} data-spare={spare}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
