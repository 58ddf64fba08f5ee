import type { AuditEntry } from '@toneout/contract/model/audit.ts'
import { reason } from '../access/ask.ts'
import { amount, clockTime, dayOf, plural } from '../ui/format.ts'
import { type Chain, checkChain, useChain } from './chain.ts'
import { useLastCheck } from './use-history.ts'

/** Whether the history is as it was written, and a button that finds out. */
export function ChainStrip() {
  const chain = useChain()
  const last = useLastCheck().data
  const isChecking = chain.is === 'checking'
  return (
    <div className="chain-strip" data-state={chain.is}>
      <p role="status">
        {chain.is !== 'broken' && wordsOf(chain)}
        {chain.is === 'unknown' && last && ` ${lastWords(last)}`}
      </p>
      <p role="alert">{chain.is === 'broken' && wordsOf(chain)}</p>
      <button type="button" className="button" aria-disabled={isChecking} onClick={() => void checkChain()}>
        {isChecking ? 'Checking' : 'Check the chain'}
      </button>
    </div>
  )
}

function lastWords({ at, actor, data }: AuditEntry): string {
  const found = data.ok ? 'it was as it was written' : 'it was not as it was written'
  return `Last checked by ${actor.name}, ${dayOf(at, 'short')} ${clockTime(at)}: ${found}.`
}

function wordsOf(chain: Chain): string {
  switch (chain.is) {
    case 'unknown':
      return 'Every line is sealed in a chain of hashes. A check finds any line that was changed since.'
    case 'checking':
      return `Checking: ${plural(chain.facts, 'line')} so far are as they were sealed.`
    case 'whole': {
      const heads = `${plural(chain.heads, 'seal')} kept outside the database`
      const open = chain.unsealed === 0 ? '' : ` ${plural(chain.unsealed, 'line')} after it wait for a seal.`
      const to = chain.sealedTo === null ? 'Nothing is sealed yet.' : `Sealed up to line ${chain.sealedTo}.`
      const lines = plural(chain.facts, 'line')
      return `Whole at ${clockTime(chain.at)}: ${lines} as sealed, ${heads} agree. ${to}${open}`
    }
    case 'broken': {
      const { kind, fact_id, seq, words } = chain.fault
      const where = fact_id === null ? `block ${amount(seq)}` : `line ${fact_id} in block ${amount(seq)}`
      return `Not whole at ${clockTime(chain.at)}. First bad: ${where}, ${kind}. ${words}`
    }
    case 'failed':
      return `Not checked. ${reason(chain.error)}`
  }
}
