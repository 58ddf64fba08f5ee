import type { Verification } from '@toneout/contract/model/audit.ts'
import type { Attempt, FinalState, Violation } from '../../../simulator/history/entry.ts'
import type { FaultCounts } from './faults.ts'
import type { MutantName } from './mutants.ts'
import type { Scene, Size } from './world.ts'

export type CampaignPlan = Size & {
  seed: string
  commands: number
  clients: number
  /** Shares of replies dropped after the commit, and of requests whose connection is cut. */
  drop: number
  cut: number
  /** Server programs on the one database. */
  servers: number
  /** Kills the postmaster; with it come all the other faults. Left out, nothing is killed. */
  killPostmaster?: () => void
  mutant?: MutantName
  /** What is done to the database, and proved of the servers, before the clients begin. */
  prepare?: (scene: Scene) => Promise<boolean>
}

export type Played = {
  given: number[]
  strange: string[]
  faults: FaultCounts
  network: { dropped: number; cut: number }
  output: string
  /** What a check of the audit chain found when all had stopped. */
  audit: Verification
  /** What `prepare` found. */
  proof?: boolean
}

/** What was played, and the verdict on it. */
export type Campaign = Played & {
  attempts: Attempt[]
  state: FinalState
  violations: Violation[]
  seconds: number
}
