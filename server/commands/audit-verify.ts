import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openHeads } from '../audit/heads.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import type { Config } from '../config.ts'
import { openConfigured } from '../database.ts'
import { openDatabase } from '../lib/db.ts'
import { CommandFault, say } from './say.ts'

/** Milliseconds between two lines about how far it is. */
const quietMs = 2_000

const counted = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`

/** Says now and then how far the check is. */
function createProgress() {
  let said = performance.now()
  return (facts: number, blocks: number) => {
    if (performance.now() - said < quietMs) return
    said = performance.now()
    say(`${counted(facts, 'fact')} in ${counted(blocks, 'block')} so far`)
  }
}

/**
 * `npm run audit:verify`: checks the whole chain, also beside a running server. It writes nothing. Exit code
 * 1 when a fact or a block is not as it was sealed.
 */
export async function auditVerify(config: Config): Promise<void> {
  const folder = resolve(config.dataDir)
  const opened = await openConfigured(config, () => {}, { joinRunning: true })
  const db = openDatabase({ connection: opened.connection, onIdleError: () => {} })
  try {
    const isKept = existsSync(join(folder, 'audit-heads.jsonl'))
    if (!isKept)
      say(`There are no heads in ${folder}: a cut end or a chain rewritten as a whole is not found.`)
    const heads = isKept ? openHeads(folder, config.databaseName) : undefined
    const options = { from: 1, mayGoOn: () => true, onProgress: createProgress() }
    const found = await verifyChain({ db, heads, now: () => new Date() }, options).catch(
      (error: { code?: string }) => {
        if (error.code !== '42P01') throw error
        throw new CommandFault(`${config.databaseName} has no audit chain yet; npm run migrate brings it.`)
      },
    )
    if (!found) throw new Error('a check from the first block on has a beginning')
    const checked = `${counted(found.facts_checked, 'fact')} in ${counted(found.blocks, 'block')}`
    if (found.first_bad) {
      const { words, kind, seq } = found.first_bad
      throw new CommandFault(
        `${words}\nThe first fault: ${kind}, in block ${seq}, after ${checked} without one.`,
      )
    }
    const left = counted(found.unsealed ?? 0, 'fact')
    const compared = counted(found.heads, 'head')
    if (found.cut_to !== null) say(`Retention has taken away what came before fact ${found.cut_to + 1}.`)
    say(`${checked} are as they were sealed; ${compared} compared, ${left} not sealed yet.`)
  } finally {
    await db.close()
    await opened.close()
  }
}
