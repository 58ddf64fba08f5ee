import { address } from '@toneout/contract/client.ts'
import type { KeptExport, KeptFault } from '@toneout/contract/model/kept-export.ts'
import { reason } from '../access/ask.ts'
import { amount, bytesWords, stamp } from '../ui/format.ts'
import { CloseIcon } from '../ui/icons.tsx'
import { useKeptFiles, useRemoveKept } from './use-kept-files.ts'

const faults: Record<KeptFault, string> = {
  broken_off: 'It broke off. Ask for it again.',
  too_large: 'The file would be too large. Choose fewer rows or columns.',
  too_long: 'It took more than an hour. Choose fewer rows.',
  shut_out: 'You signed out, or may not have it any more.',
  server_stopped: 'The server was stopped meanwhile. Ask for it again.',
}

/** Files that were kept, and those that are being made, newest first. */
export function KeptFiles() {
  const { data, isError, error } = useKeptFiles()
  const remove = useRemoveKept()
  return (
    <section className="kept-files" aria-label="Kept files">
      {data?.length === 0 && <p className="quiet">No file is kept.</p>}
      <ul>
        {data?.map((one) => (
          <li key={one.id}>
            <File one={one} />
            <button
              type="button"
              className="icon-button"
              aria-label={`${one.state === 'RUNNING' ? 'Stop' : 'Remove'} ${one.file_name}`}
              onClick={() => remove.isPending || remove.mutate(one.id)}
            >
              <CloseIcon />
            </button>
          </li>
        ))}
      </ul>
      <div role="alert">
        {isError && <p className="form-fault">They could not be read. {reason(error)}</p>}
        {remove.isError && <p className="form-fault">Not removed. {reason(remove.error)}</p>}
      </div>
    </section>
  )
}

function File({ one }: { one: KeptExport }) {
  const path = address('fetchKeptExport', { params: { id: one.id } })
  if (one.state === 'RUNNING') {
    return (
      <span>
        {one.file_name}
        <progress
          value={Math.min(one.rows_sent, one.rows_expected)}
          max={Math.max(1, one.rows_expected)}
          aria-label={`Rows of ${one.file_name}`}
        />
        <small>
          {amount(one.rows_sent)} of about {amount(one.rows_expected)} rows
        </small>
      </span>
    )
  }
  if (one.state === 'FAILED') {
    return (
      <span>
        {one.file_name}
        <small className="over">{one.fault && faults[one.fault]}</small>
      </span>
    )
  }
  return (
    <span>
      <a href={path} download={one.file_name}>
        {one.file_name}
      </a>
      <small>
        {amount(one.rows_sent)} rows, {bytesWords(one.bytes)}, until{' '}
        {one.expires_at && stamp(one.expires_at, Date.now())}
      </small>
    </span>
  )
}
