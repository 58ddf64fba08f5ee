import { type Finding, sureFrom } from '@toneout/contract/model/finding.ts'
import { reason } from '../access/ask.ts'
import { clockTime } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { useConfirm, useFindings } from './use-findings.ts'

/** What the AI understood, each with how sure it is and the caller's own words; a person says what is so. */
export function FindingsList({ sid, confirms }: { sid: string; confirms: boolean }) {
  const { query, findings } = useFindings(sid)
  const confirm = useConfirm(sid)
  return (
    <section className="part findings" aria-labelledby="findings-title">
      <h3 id="findings-title">From the call</h3>
      {findings.length === 0 && query.data && (
        <p className="quiet">Nothing was understood from its words yet.</p>
      )}
      {query.isError && (
        <p className="quiet">What was understood could not be loaded. {reason(query.error)}</p>
      )}
      <dl className="findings-list">
        {findings.map((one) => (
          <div key={one.field} data-sure={isSure(one)}>
            <dt>{plain(one.field)}</dt>
            <dd>
              <b>{one.value}</b> <Sureness one={one} />
              {confirms && !isSure(one) && (
                <button
                  type="button"
                  className="link"
                  aria-disabled={confirm.isPending}
                  onClick={() => confirm.isPending || confirm.mutate(one.field)}
                >
                  Confirm<span className="unseen"> {plain(one.field)}</span>
                </button>
              )}
              {one.quote && <q>{one.quote}</q>}
            </dd>
          </div>
        ))}
      </dl>
      <div role="alert">
        {confirm.isError && <p className="outcome">Not confirmed. {reason(confirm.error)}</p>}
      </div>
    </section>
  )
}

const isSure = ({ confidence, confirmed_at }: Finding) =>
  confirmed_at !== null || (confidence !== null && confidence >= sureFrom)

/** Three bars for how sure the AI is; a word where a person is to look, or has. */
function Sureness({ one }: { one: Finding }) {
  if (one.confirmed_at !== null) {
    const words = `Confirmed by ${one.confirmed_by} at ${clockTime(one.confirmed_at)}`
    return (
      <small title={words}>
        <span className="unseen">{words}</span>
        <span aria-hidden="true">✓ {one.confirmed_by}</span>
      </small>
    )
  }
  const bars = one.confidence === null ? 0 : one.confidence >= sureFrom ? 3 : one.confidence >= 0.5 ? 2 : 1
  const words = one.confidence === null ? 'Not said how sure' : `${Math.round(one.confidence * 100)} % sure`
  return (
    <>
      <span className="bars" data-bars={bars} role="img" aria-label={words} title={words} />
      {!isSure(one) && <small>check</small>}
    </>
  )
}
