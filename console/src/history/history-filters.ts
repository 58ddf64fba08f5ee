import { factTypes } from '@toneout/contract/model/fact.ts'
import type { Filter } from '../frame/list-filters.tsx'
import { plain } from '../ui/words.ts'

const types = [...factTypes].sort().map((value) => ({ value, words: plain(value) }))

/** What the history is looked through by. */
export const filters: readonly Filter[] = [
  { name: 'actor', label: 'Who', type: 'text', placeholder: 'Username or key', longest: 150 },
  {
    name: 'kind',
    label: 'Kind',
    options: [
      { value: '', words: 'Anybody' },
      { value: 'person', words: 'People' },
      { value: 'key', words: 'Programs and AI' },
      { value: 'system', words: 'The server, imports' },
    ],
  },
  { name: 'type', label: 'What', options: [{ value: '', words: 'Anything' }, ...types] },
  { name: 'about', label: 'Incident or unit', type: 'text', placeholder: 'I-26-000042, M03', longest: 50 },
  { name: 'from', label: 'From', type: 'date' },
  { name: 'to', label: 'To', type: 'date' },
]
