import { type ExportFormat, exportFormats } from '@toneout/contract/model/export.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { exporters } from '@toneout/contract/roles.ts'
import { useEffect, useRef, useState } from 'react'
import { reason } from '../access/ask.ts'
import { bytesWords } from '../ui/format.ts'
import { KeptFiles } from './kept-files.tsx'
import { Menu } from './menu.tsx'
import { takeRows, type Wanted } from './take-file.ts'
import { useKeep } from './use-kept-files.ts'

type State =
  | { is: 'ready'; words: string }
  | { is: 'running'; format: ExportFormat; bytes: number }
  | { is: 'failed'; words: string }

export const mayExport = (person: Me) => (exporters as readonly string[]).includes(person.role)

type MenuProps = Wanted & { person: Me; name: string }

/** Everything the query finds, read to its end, as a file; for those who may take it away. */
export function ExportMenu({ person, ...more }: MenuProps) {
  return mayExport(person) ? <Formats {...more} /> : null
}

function Formats({ what, query, name }: Omit<MenuProps, 'person'>) {
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
      await takeRows({ what, query }, format, { signal: own.signal, onBytes })
      setState({ is: 'ready', words: `Exported ${bytesWords(last)}.` })
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
        <Choice wanted={{ what, query }} name={name} take={(format) => void take(format)} />
      )}
      <span role="status">
        {state.is === 'running'
          ? `${state.format.toUpperCase()}: ${bytesWords(state.bytes)} so far`
          : state.is === 'ready' && state.words}
      </span>
      <span role="alert">{state.is === 'failed' && `Nothing was exported. ${state.words}`}</span>
    </div>
  )
}

type ChoiceProps = { wanted: Wanted; name: string; take: (format: ExportFormat) => void }

/** The formats, for now or for later, and what was kept. */
function Choice({ wanted, name, take }: ChoiceProps) {
  const [isOpen, setOpen] = useState(false)
  const [isLater, setLater] = useState(false)
  const keep = useKeep()
  return (
    <Menu name={name} onOpen={setOpen}>
      <fieldset className="menu-list" aria-label={name}>
        {exportFormats.map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            aria-disabled={keep.isPending}
            onClick={() => (isLater ? keep.isPending || keep.mutate({ ...wanted, format }) : take(format))}
          >
            <span className="unseen">Export as </span>
            {format.toUpperCase()}
          </button>
        ))}
        <label>
          <input type="checkbox" checked={isLater} onChange={() => setLater(!isLater)} /> Keep it for a day
        </label>
      </fieldset>
      <p className="quiet menu-note">
        A kept file is made on the server and goes on when this page is closed; signing out ends it.
      </p>
      <div role="alert">
        {keep.isError && <p className="form-fault">Nothing is kept. {reason(keep.error)}</p>}
      </div>
      {isOpen && <KeptFiles />}
    </Menu>
  )
}
