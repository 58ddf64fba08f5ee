import type { Verification } from '@toneout/contract/model/audit.ts'
import { openHeads } from '../../audit/heads.ts'
import { verifyChain } from '../../audit/verify-chain.ts'
import { openDatabase } from '../../lib/db.ts'

/** Checks the whole chain against the facts, and against the heads that the servers kept in their folder. */
export async function verifyAudit(url: string, dataDir: string): Promise<Verification> {
  const db = openDatabase({ connection: { connectionString: url }, onIdleError: () => {} })
  try {
    const heads = openHeads(dataDir, new URL(url.replace('@/', '@localhost/')).pathname.slice(1))
    const whole = { from: 1, mayGoOn: () => true }
    const found = await verifyChain({ db, heads, now: () => new Date() }, whole)
    if (!found) throw new Error('a check from the first block on has a beginning')
    return found
  } finally {
    await db.close()
  }
}
