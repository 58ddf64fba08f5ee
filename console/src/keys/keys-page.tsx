import type { Me } from '@toneout/contract/model/person.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListPage } from '../frame/list-page.tsx'
import { KeySide } from './key-side.tsx'
import { KeyTable } from './key-table.tsx'
import { NewKey } from './new-key.tsx'
import { useKeys } from './use-keys.ts'

const shows = [
  { show: '', name: 'Not revoked' },
  { show: 'all', name: 'All' },
] as const

const empty = {
  all: 'There is no key yet. A program needs one to call the API.',
  search: 'No key has this in its name.',
}

/** Credentials of programs. */
export function KeysPage({ person }: { person: Me }) {
  const words = useQueryWords()
  const { read, rows } = useKeys({ all: words.get('show') === 'all', search: words.get('search') ?? '' })
  return (
    <ListPage
      person={person}
      name="Keys"
      word="key"
      search={{ placeholder: 'Name', longest: 100 }}
      shows={shows}
      add="Make a key"
      read={read}
      count={rows.length}
      empty={empty}
      table={(chosen) => <KeyTable keys={rows} chosen={chosen} />}
      side={(id, close) => <KeySide key={id} id={id} onClose={close} />}
      fresh={(close) => <NewKey onClose={close} />}
    />
  )
}
