import { type ExportFormat, exportFormats } from '@toneout/contract/model/export.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { exporters } from '@toneout/contract/roles.ts'
import { useEffect, useRef, useState } from 'react'
import { reason } from '../access/ask.ts'
import { type Column, exportedOf } from './columns.tsx'
import type { CallsQuery } from './list-query.ts'
import { Menu } from './menu.tsx'
import { takeCalls } from './take-file.ts'

type State =
  | { is: 'ready'; words: string }
  | { is: 'running'; format: ExportFormat; bytes: number }
  | { is: 'failed'; words: string }

/** 1,234,567 bytes -> 1.2 MB. */
const size = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

const mayExport = (person: Me) => (exporters as readonly string[]).includes(person.role)

type MenuProps = { person: Me; query: CallsQuery; columns: readonly Column[]; name: string }

/** Everything the query finds, read to its end, as a file; for those who may take it away. */
export function ExportMenu({ person, ...more }: MenuProps) {
  return mayExport(person) ? <Formats {...more} /> : null
}

function Formats({ query, columns, name }: Omit<MenuProps, 'person'>) {
  const [state, setState] = useState<State>({ is: 'ready', words: '' })
  const stop = useRef<AbortController>(null)
  useEffect(() => () => stop.current?.abort(), [])

  async function take(format: ExportFormat) {
    const own = new AbortController()
    stop.current = own
    let last = 0
    const onBytes = (bytes: number) => {
      last = bytes
      setState({ is: 'running', format, bytes })
    }
    onBytes(0)
    try {
      await takeCalls({ ...query, columns: exportedOf(columns) }, format, { signal: own.signal, onBytes })
      setState({ is: 'ready', words: `Exported ${size(last)}.` })
    } catch (error) {
      if (own.signal.aborted) setState({ is: 'ready', words: 'The export was stopped.' })
      else setState({ is: 'failed', words: reason(error) })
    }
  }

  return (
    <div className="export">
      {state.is === 'running' ? (
        <button type="button" className="button" onClick={() => stop.current?.abort()}>
          Stop the export
        </button>
      ) : (
        <Menu name={name}>
          <fieldset className="menu-list" aria-label={name}>
            {exportFormats.map((format) => (
              <button key={format} type="button" className="button" onClick={() => void take(format)}>
                <span className="unseen">Export as </span>
                {format.toUpperCase()}
              </button>
            ))}
          </fieldset>
        </Menu>
      )}
      <span role="status">
        {state.is === 'running'
          ? `${state.format.toUpperCase()}: ${size(state.bytes)} so far`
          : state.is === 'ready' && state.words}
      </span>
      <span role="alert">{state.is === 'failed' && `Nothing was exported. ${state.words}`}</span>
    </div>
  )
}
