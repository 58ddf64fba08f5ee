import { reason } from '../access/ask.ts'
import { plural } from '../ui/format.ts'
import type { useBulk } from './use-bulk.ts'

const shownRefusals = 20

/** What became of the last change; each call that was refused is named with the reason. */
export function BulkOutcome({ bulk: { data, error } }: { bulk: ReturnType<typeof useBulk> }) {
  const refused = data?.refused ?? []
  return (
    <>
      <span role="status">{data && `${plural(data.changed.length, 'call')} changed.`}</span>
      <div role="alert" className="bulk-refused">
        {error && `Not changed. ${reason(error)}`}
        {refused.length > 0 && (
          <>
            <b>{plural(refused.length, 'call')} refused:</b>
            <ul>
              {refused.slice(0, shownRefusals).map((one) => (
                <li key={one.call_sid}>
                  <span className="mono">{one.call_sid}</span> {one.detail}
                </li>
              ))}
              {refused.length > shownRefusals && (
                <li>and {plural(refused.length - shownRefusals, 'other')}</li>
              )}
            </ul>
          </>
        )}
      </div>
    </>
  )
}
