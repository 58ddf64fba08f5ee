import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAttempts } from '../../../simulator/history/attempts.ts'
import { checkHistory, countViolations } from '../../../simulator/history/check.ts'
import { openRecorder } from '../../../simulator/history/recorder.ts'
import { createRandom } from '../../../simulator/random.ts'
import type { Campaign, CampaignPlan } from './plan.ts'
import { play } from './play.ts'
import { readFinalState } from './read-state.ts'

/** A whole campaign from one seed: faults, healing, one reading of the end, and the verdict. */
export async function runCampaign(url: string, plan: CampaignPlan): Promise<Campaign> {
  const folder = mkdtempSync(join(tmpdir(), 'toneout-campaign-'))
  const path = join(folder, 'history.jsonl')
  // A client that is in the middle of its retries may pass the number of commands a little.
  const recorder = openRecorder(path, { requests: plan.commands + plan.clients * 50 + 1_000 })
  const begun = performance.now()
  try {
    const played = await play(url, plan, recorder, createRandom(plan.seed))
    const attempts = readAttempts(readFileSync(path, 'utf8'))
    const state = await readFinalState(url, played.given)
    const violations = checkHistory(attempts, state)
    return { ...played, attempts, state, violations, seconds: (performance.now() - begun) / 1_000 }
  } finally {
    recorder.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The one line that tells of a run. */
export function tell(name: string, { seed }: CampaignPlan, done: Campaign): string {
  const { attempts, faults, violations, network, seconds } = done
  const count = (outcome: 'ok' | 'fail' | 'unknown') =>
    attempts.filter((one) => one.outcome === outcome).length
  const { kill, terminate, connections, backend, freeze, postmaster } = faults
  return (
    `${name}: ${attempts.length} commands, ${count('ok')} acknowledged, ${count('fail')} refused, ` +
    `${count('unknown')} unknown; faults: ${kill} kill -9 of a server, ${postmaster} of PostgreSQL, ` +
    `${freeze} freezes, ${backend} backends, ${terminate} times half the connections (${connections}), ` +
    `${network.dropped} replies dropped after the commit, ${network.cut} requests cut; ` +
    `violations ${JSON.stringify(countViolations(violations))}; ` +
    `${seconds.toFixed(1)} s; CAMPAIGN_SEED=${seed}`
  )
}
