import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Connection } from '../lib/db.ts'
import { findFirstReply, keepFirstReply, lockKey, type Once } from './store-openings.ts'

const dayMs = 24 * 3_600_000

/** Who asks by which key for what; undefined when no key came. */
export function onceOf(actor: Actor, key: string | undefined, body: object): Once | undefined {
  if (key === undefined || actor.id === null) return undefined
  return { person_id: actor.id, key, hash: sha256(JSON.stringify(body)) }
}

type First = { status: 201; body: Incident } | Refusal

async function findFirst(connection: Connection, once: Once, at: string): Promise<First | undefined> {
  await lockKey(connection, once)
  const since = new Date(Date.parse(at) - dayMs).toISOString()
  const first = await findFirstReply(connection, once, since)
  if (!first) return undefined
  if (first.request_hash !== once.hash) return refuse('idempotency_key_reused')
  return { status: 201, body: first.reply }
}

/** What the key was answered with before, or what `make` answers now, which is kept; a refusal is not. */
export async function answerOnce(
  connection: Connection,
  once: Once | undefined,
  at: string,
  make: () => Promise<First>,
): Promise<First> {
  if (!once) return make()
  const first = await findFirst(connection, once, at)
  if (first) return first
  const made = await make()
  if (!isRefusal(made)) await keepFirstReply(connection, once, made.body, at)
  return made
}
