import { randomBytes } from 'node:crypto'
import type { Script } from './http-load.ts'
import type { RawScript, RawStep } from './raw-load.ts'
import { interactionsPerCall, pgbenchScripts, requestsPerCall } from './raw-statements.ts'
import type { Requests } from './requests.ts'
import type { Scene } from './stage.ts'
import { noneYet } from './tally.ts'
import type { Scripts, WriteWorkload } from './workload.ts'

const callCount = 512
/**
 * "CA" and 32 hex digits, as a telephony provider numbers calls; raw SQL uses "RW", so that both can be told
 * apart.
 */
const newSid = (prefix: 'CA' | 'RW') => prefix + randomBytes(16).toString('hex')

async function prepareLifecycle(_: Scene, requests: Requests): Promise<Scripts> {
  const ours: Script = () => {
    let sid = ''
    let at = -1
    return () => {
      at = (at + 1) % requestsPerCall
      if (at === 0) {
        sid = newSid('CA')
        return { kind: 'opened', request: requests.open(sid), expect: 201 }
      }
      return at <= interactionsPerCall
        ? { kind: 'added', request: requests.add(sid), expect: 201 }
        : { kind: 'completed', request: requests.complete(sid), expect: 200 }
    }
  }
  const raw: RawScript = () => {
    let call = ''
    let at = -1
    return (answer): RawStep => {
      at = (at + 1) % requestsPerCall
      if (at === 0) return { kind: 'opened', values: { sid: newSid('RW') } }
      if (at === 1) call = answer
      return { kind: at <= interactionsPerCall ? 'added' : 'completed', values: { call } }
    }
  }
  const perRun = { ...noneYet(), opened: 1, added: interactionsPerCall, completed: 1 }
  return { ours, raw, pgbench: { script: pgbenchScripts.lifecycle, variables: () => ({}), perRun } }
}

async function prepareInteractions({ sql }: Scene, requests: Requests): Promise<Scripts> {
  const make = async (prefix: 'CA' | 'RW') => {
    const sids = Array.from({ length: callCount }, () => newSid(prefix))
    const text = `INSERT INTO calls (call_sid, created_at, updated_at)
      SELECT sid, now(), now() FROM unnest($1::text[]) AS sid RETURNING id`
    const { rows } = await sql.query<{ id: string }>(text, [sids])
    return { sids, ids: rows.map((row) => row.id) }
  }
  const adding = (await make('CA')).sids.map((sid) => requests.add(sid))
  const { ids } = await make('RW')
  const pick = <T>(all: readonly T[]) => all[Math.floor(Math.random() * all.length)] as T
  return {
    ours: () => () => ({ kind: 'added', request: pick(adding), expect: 201 }),
    raw: () => () => ({ kind: 'added', values: { call: pick(ids) } }),
    pgbench: {
      script: pgbenchScripts.interactions,
      variables: () => ({ first: ids[0] as string, last: ids.at(-1) as string }),
      perRun: { ...noneYet(), added: 1 },
    },
  }
}

export const writeWorkloads: readonly WriteWorkload[] = [
  {
    name: 'lifecycle',
    loads: [{ name: 'lifecycle', connections: 64, ratioTarget: 1.2, p99TargetMs: 25 }],
    prepare: prepareLifecycle,
  },
  {
    name: 'interactions',
    loads: [
      { name: 'interactions', connections: 64, ratioTarget: 1.5 },
      { name: 'interactions8', connections: 8 },
    ],
    prepare: prepareInteractions,
  },
]
