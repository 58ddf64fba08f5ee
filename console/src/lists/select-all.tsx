import { useState } from 'react'
import { amount } from '../ui/format.ts'
import type { CallsQuery } from './list-query.ts'
import { mostChosen, readAllOf } from './use-call-list.ts'
import type { Selection } from './use-selection.ts'

export type Found = { count: number; count_exact: boolean } | undefined
type AllProps = { selection: Selection; query: CallsQuery; found: Found }

/** All that the filters find, as far as so many can be chosen at once. */
export function SelectAll({ selection, query, found }: AllProps) {
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready')
  if (!found || found.count <= selection.ids.length || selection.ids.length >= mostChosen) return null
  const isWhole = found.count_exact && found.count <= mostChosen
  const select = async () => {
    setState('busy')
    try {
      selection.add(await readAllOf(query))
      setState('ready')
    } catch {
      setState('failed')
    }
  }
  const words = isWhole ? `Select all ${amount(found.count)}` : `Select the first ${amount(mostChosen)}`
  return (
    <>
      <button
        type="button"
        className="link"
        aria-disabled={state === 'busy'}
        onClick={() => state !== 'busy' && void select()}
      >
        {words}
      </button>
      <span role="alert">{state === 'failed' && 'They could not be read.'}</span>
    </>
  )
}
