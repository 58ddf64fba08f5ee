import type { Me } from '@toneout/contract/model/person.ts'
import { mayKeepAccess } from '../access/session.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListPage } from '../frame/list-page.tsx'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { stamp } from '../ui/format.ts'
import { described, groups, lineOf } from './described.ts'
import { SettingSide } from './setting-side.tsx'
import { type SettingRow, useSettings } from './use-settings.ts'

const shows = [
  { show: '', name: 'All' },
  ...groups.map((group) => ({ show: group.toLowerCase(), name: group })),
]

const columns: Column<SettingRow>[] = [
  {
    title: 'Value',
    className: 's-value',
    cell: (row) => <b>{lineOf(row.name, row.settings)}</b>,
  },
  {
    title: 'Default',
    className: 's-default',
    cell: (row) => lineOf(row.name, row.settings.defaults),
  },
  {
    title: 'Set',
    className: 's-when',
    cell: ({ changed }) => (changed === null ? 'Never' : stamp(changed.updated_at, Date.now())),
  },
  {
    title: 'By',
    className: 's-by',
    cell: ({ changed }) => (changed === null ? '' : (changed.updated_by ?? 'The server')),
  },
]

function isLike(row: SettingRow, search: string, group: string): boolean {
  const { title, meaning, group: own } = described[row.name]
  const text = `${title} ${meaning} ${row.name}`.toLowerCase()
  return text.includes(search.toLowerCase()) && (group === '' || own.toLowerCase() === group)
}

/** All that the centre decides for itself. */
export function SettingsPage({ person }: { person: Me }) {
  const words = useQueryWords()
  const { read, rows } = useSettings()
  const [search, group] = [words.get('search') ?? '', words.get('show') ?? '']
  const shown = rows.filter((row) => isLike(row, search, group))
  return (
    <ListPage
      person={person}
      name="Settings"
      word="setting"
      search={{ placeholder: 'Any word', longest: 100 }}
      shows={shows}
      read={read}
      count={shown.length}
      empty={{ all: 'No setting is in this list.', search: 'No setting has this in its name or meaning.' }}
      table={(chosen) => (
        <RowTable
          className="settings"
          caption="Settings of the centre"
          first="Setting"
          label={(row) => described[row.name].title}
          columns={columns}
          rows={shown}
          isOver={() => false}
          word="setting"
          chosen={chosen}
        />
      )}
      side={(id, close) => {
        const row = rows.find((one) => one.id === id)
        return row && <SettingSide key={id} row={row} mayChange={mayKeepAccess(person)} onClose={close} />
      }}
    />
  )
}
