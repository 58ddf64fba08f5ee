import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { Context } from '../context.ts'
import { type Connection, together } from '../lib/db.ts'
import { classify } from '../lib/faults.ts'
import { createGroups, type Groups } from '../lib/groups.ts'
import { record } from '../timeline/record.ts'
import { applyCommand, type Command, type OutcomeOf } from './apply-command.ts'
import * as store from './store.ts'
import { createWork, type Ids, type Work } from './work.ts'

type AnyOutcome = OutcomeOf<Command>
export type Intake = Omit<Groups<Command, AnyOutcome>, 'submit'> & {
  submit: <C extends Command>(command: C) => Promise<OutcomeOf<C>>
}

/**
 * The commit was sent and its answer did not come: the group may be there or not, so it must not be run
 * again.
 */
class CommitUnknown extends Error {}

const dayMs = 24 * 3_600_000
const attempts = 3
const idBlock = 64

/**
 * Ids taken from the sequences in blocks and not used yet; a group that fails or a restart leaves gaps, no
 * more.
 */
function createIdPool() {
  const pool: Record<store.Sequence, number[]> = { calls_id_seq: [], call_interactions_id_seq: [] }
  const next = (sequence: store.Sequence) => {
    const id = pool[sequence].shift()
    if (id === undefined) throw new Error(`no id of ${sequence} was reserved`)
    return id
  }
  return {
    ids: {
      nextCallId: () => next('calls_id_seq'),
      nextInteractionId: () => next('call_interactions_id_seq'),
    } satisfies Ids,
    async reserve(connection: Connection, sequence: store.Sequence, count: number) {
      const short = count - pool[sequence].length
      if (short > 0)
        pool[sequence].push(...(await store.takeIds(connection, sequence, Math.max(short, idBlock))))
    },
  }
}

type IdPool = ReturnType<typeof createIdPool>

async function load(
  ctx: Context,
  connection: Connection,
  pool: IdPool,
  items: readonly Command[],
): Promise<Work> {
  const now = ctx.now()
  const sids = [...new Set(items.map((item) => item.call_sid))]
  const keys = items.flatMap((item) => (item.kind === 'add' && item.once ? [item.once.key] : []))
  const revised = items.flatMap((item) => (item.kind === 'revise' ? [item.id] : []))
  const count = (kind: Command['kind']) => items.reduce((sum, item) => sum + Number(item.kind === kind), 0)
  const since = new Date(now.getTime() - dayMs).toISOString()
  const [, , calls, interactions, replies] = await together([
    connection.query('BEGIN'),
    store.lockCalls(connection, sids),
    store.loadCalls(connection, sids),
    revised.length > 0 ? store.loadInteractions(connection, revised) : Promise.resolve([]),
    keys.length > 0 ? store.loadReplies(connection, keys, sids, since) : Promise.resolve([]),
    pool.reserve(connection, 'calls_id_seq', count('open')),
    pool.reserve(connection, 'call_interactions_id_seq', count('add')),
  ])
  return createWork(now.toISOString(), pool.ids, { calls, interactions, replies })
}

/** Sends what the group leaves to be written, and the commit, in one go; true when the commit is certain. */
async function write(connection: Connection, work: Work): Promise<void> {
  if (work.facts.length === 0) {
    await connection.query('ROLLBACK')
    return
  }
  const stamped = (state: 'new' | 'changed') =>
    [...work.calls.values()].flatMap((one) =>
      one.state === state ? [{ ...one.call, updated_at: work.now }] : [],
    )
  const opened = stamped('new')
  const changed = stamped('changed')
  const revised = [...work.revised].map((id) => work.interactions.get(id) as Interaction)
  const added = work.added.map((one) => work.interactions.get(one.id) as Interaction)
  const sent: Promise<unknown>[] = []
  if (opened.length > 0) sent.push(store.insertCalls(connection, opened))
  if (changed.length > 0) sent.push(store.updateCalls(connection, changed))
  if (added.length > 0) sent.push(store.insertInteractions(connection, added))
  if (revised.length > 0) sent.push(store.updateInteractions(connection, revised))
  if (work.repliesGiven.length > 0) {
    sent.push(store.insertReplies(connection, work.repliesGiven, work.now))
  }
  sent.push(...record(connection, work.facts))
  const commit = connection.query('COMMIT')
  await together([...sent, commit]).catch((error) => {
    throw classify(error) === 'away'
      ? new CommitUnknown('the commit was not answered', { cause: error })
      : error
  })
  if ((await commit).command !== 'COMMIT') throw new Error('the group was rolled back')
}

/** Another process opened the same call between our load and our write: it is there at the next try. */
const openedElsewhere = (error: unknown) =>
  (error as { constraint?: string }).constraint === 'calls_call_sid_key'

async function runOnce(ctx: Context, pool: IdPool, items: readonly Command[]): Promise<AnyOutcome[]> {
  const connection = await ctx.db.intake.connect()
  let broken: Error | undefined
  try {
    const work = await load(ctx, connection, pool, items)
    const outcomes = items.map((item) => applyCommand(work, item))
    await write(connection, work)
    return outcomes
  } catch (error) {
    if (classify(error) === 'away' || error instanceof CommitUnknown) broken = error as Error
    else await connection.query('ROLLBACK').catch((fault: Error) => (broken = fault))
    throw error
  } finally {
    connection.release(broken)
  }
}

/** One lane of group commits for everything that writes calls and their words. */
export function createIntake(ctx: Context): Intake {
  const pool = createIdPool()
  const run = async (items: readonly Command[]) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOnce(ctx, pool, items)
      } catch (error) {
        const again = classify(error) === 'retry' || openedElsewhere(error)
        if (!again || attempt === attempts) throw error
      }
    }
  }
  const groups = createGroups({
    run,
    groupLimit: 256,
    queueLimit: 50_000,
    mayRunAgain: (error) => classify(error) === 'bug' && !(error instanceof CommitUnknown),
    onGroup: ctx.onGroup,
  })
  return { ...groups, submit: groups.submit as Intake['submit'] }
}
