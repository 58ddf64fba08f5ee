import type { ChainFault } from '@toneout/contract/model/audit.ts'
import { ask } from '../access/ask.ts'
import { createStore } from '../ui/store.ts'

/** What is known of the chain: nothing, a check under way, its end, or why there is none. */
export type Chain =
  | { is: 'unknown' }
  | { is: 'checking'; facts: number }
  | { is: 'whole'; facts: number; heads: number; sealedTo: number | null; unsealed: number; at: number }
  | { is: 'broken'; fault: ChainFault; at: number }
  | { is: 'failed'; error: unknown }

const chain = createStore<Chain>({ is: 'unknown' })
export const useChain = chain.use

/**
 * Checks the whole chain, a second at a time. It goes on when the page is left; a second press while it runs
 * does nothing.
 */
export async function checkChain(): Promise<void> {
  if (chain.now().is === 'checking') return
  let [facts, heads] = [0, 0]
  chain.set({ is: 'checking', facts })
  try {
    for (let from: number | null = 1; from !== null; ) {
      const part: Awaited<ReturnType<typeof verify>> = await verify(from)
      facts += part.facts_checked
      heads += part.heads
      if (part.first_bad) return chain.set({ is: 'broken', fault: part.first_bad, at: Date.now() })
      from = part.next
      if (from !== null) chain.set({ is: 'checking', facts })
      else {
        const { sealed_to: sealedTo, unsealed } = part
        chain.set({ is: 'whole', facts, heads, sealedTo, unsealed: unsealed ?? 0, at: Date.now() })
      }
    }
  } catch (error) {
    chain.set({ is: 'failed', error })
  }
}

const verify = (from: number) => ask('verifyAudit', { query: { from } })
