import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createTokens } from '../../access/tokens.ts'
import { openHeads } from '../../audit/heads.ts'
import { keepHead } from '../../audit/keep-head.ts'
import { sealFacts } from '../../audit/seal-facts.ts'
import { bearer, makePerson } from './people.ts'
import { signingSecret, startTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

export type Rows = (text: string, values?: unknown[]) => Promise<pg.QueryResultRow[]>

/** A connection as superuser beside the server's own. */
export async function openOwner(url: string): Promise<{ rows: Rows; close: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return {
    rows: async (text, values = []) => (await client.query(text, values)).rows,
    close: () => client.end(),
  }
}

/** What the server's sealing locks; whoever holds it keeps every server from sealing. */
export const sealingLock = 0x746f6175

/** Facts that are in no block yet. */
export async function countUnsealed(rows: Rows): Promise<number> {
  const last = '(SELECT coalesce(max(last_fact_id), 0) FROM audit_seals)'
  return Number((await rows(`SELECT count(*) AS n FROM facts WHERE id > ${last}`))[0]?.n)
}

/** Keeps the newest head in a folder, signed with the key of that folder. */
export async function keepHeadIn(server: TestServer, folder: string): Promise<void> {
  await keepHead(server.ctx, openHeads(folder, server.ctx.config.databaseName), undefined)
}

/** Seals all that is not sealed, beside whoever else seals. */
export async function sealAll(server: TestServer, rows: Rows): Promise<void> {
  while ((await countUnsealed(rows)) > 0) await sealFacts(server.ctx)
}

export function makeHeadsFolder(): string {
  return mkdtempSync(join(tmpdir(), 'audit-heads-'))
}

/** A server whose sealing is in the hands of the test, and a superuser whom no trigger stops. */
export async function startSealedServer(options: Pick<TestServerOptions, 'now'> = {}) {
  const folder = makeHeadsFolder()
  const server = await startTestServer({ ...options, headsFolder: folder })
  // A token that nobody signed in for: the history begins with what the test does.
  const { id } = await makePerson(server, 'chief', 'supervisor')
  const tokens = createTokens(server.ctx, signingSecret)
  const ask = bearer(server, await tokens.issue('access', { person: id, generation: 0 }))
  const { rows, close } = await openOwner(server.database.url)
  const hold = (way: 'lock' | 'unlock') => rows(`SELECT pg_advisory_${way}(${sealingLock})`)
  await hold('lock')
  return {
    server,
    folder,
    rows,
    /** Checks the chain as a supervisor does. */
    verify: (from = 1) => ask('GET', `/api/audit/verify/?from=${from}`),
    /** Seals all that is not sealed. */
    async seal() {
      await hold('unlock')
      await sealAll(server, rows)
      await hold('lock')
    },
    /** Does work that needs the lock of sealing. */
    async free<T>(work: () => Promise<T>): Promise<T> {
      await hold('unlock')
      const done = await work()
      await hold('lock')
      return done
    },
    async close() {
      await close()
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}
