import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './errors.ts'
import { clearTheWay, endChildren } from './leftovers.ts'
import { probe } from './login.ts'
import { endPostmaster, type Plan, type Postmaster, spawnPostmaster } from './postmaster.ts'

// About 5 s in all: short waits first, for most of what is left behind is gone within milliseconds.
const tries = 25
const betweenTriesMs = (attempt: number) => Math.min(25 * attempt, 250)
const silentLimitMs = 60_000
const recoveryLimitMs = 15 * 60_000
const pollEveryMs = 15

/** What a crash leaves for a moment, beside which PostgreSQL refuses to start. */
const leftBehind = /pre-existing shared memory block|lock file ".*" already exists/

/**
 * Starts PostgreSQL and waits until it takes connections. `onSpawn` hears of each process before it is
 * ready, so that it can be ended meanwhile; when `isWanted` turns false no other one follows.
 * Errors: start_failed, already_running.
 */
export async function launch(
  plan: Plan,
  onSpawn: (postmaster: Postmaster) => void,
  isWanted: () => boolean,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    await clearTheWay(plan)
    if (attempt > 1) await endChildren(plan)
    const postmaster = spawnPostmaster(plan)
    onSpawn(postmaster)
    const failure = await waitUntilReady(plan, postmaster)
    if (failure === undefined) return postmaster
    if (leftBehind.test(failure) && attempt < tries && isWanted()) await delay(betweenTriesMs(attempt))
    if (!leftBehind.test(failure) || attempt === tries || !isWanted()) {
      throw new EmbeddedPostgresError('start_failed', explain(plan, failure))
    }
  }
}

function explain({ cluster, output }: Plan, failure: string): string {
  const advice = /No space left/i.test(failure) ? 'free some disk space' : `${output.file} tells more`
  return `PostgreSQL did not start on ${cluster}: ${failure}; ${advice}`
}

/** Undefined once connections are taken, or why they never will be. */
async function waitUntilReady(plan: Plan, postmaster: Postmaster): Promise<string | undefined> {
  const options = { ...plan.login.options('postgres'), connectionTimeoutMillis: 2000 }
  const begun = performance.now()
  let answers = false
  let wrong = ''
  while (!postmaster.isOver() && !wrong) {
    const state = await probe(options).catch((error: Error) => {
      wrong = `${error.message} (if its password was changed, remove ${join(plan.home.folder, 'password')})`
      return 'silent' as const
    })
    if (state === 'ready' && !postmaster.isOver()) return undefined
    answers ||= state === 'starting'
    const waited = performance.now() - begun
    if (waited > (answers ? recoveryLimitMs : silentLimitMs)) wrong = 'it did not answer in time'
    await delay(pollEveryMs)
  }
  if (wrong) {
    await endPostmaster(postmaster)
    return wrong
  }
  // Its last words come through a pipe and may arrive after the news of its end.
  const how = await postmaster.ended
  await delay(pollEveryMs)
  return `${plan.output.takeReason()} (${how})`
}
