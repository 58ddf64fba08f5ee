import type { Script } from './http-load.ts'
import type { RawScript } from './raw-load.ts'
import type { Requests } from './requests.ts'
import type { Scene } from './stage.ts'
import type { Tally } from './tally.ts'

/** A way to load the server, beside the one raw figure of its workload. */
export type Load = { name: string; connections: number; ratioTarget?: number; p99TargetMs?: number }

/** What a workload sends and what raw SQL does in its stead. */
export type Scripts = {
  ours: Script
  raw: RawScript
  pgbench: {
    script: string
    /** Asked for anew before each run. */
    variables: (clients: number) => Readonly<Record<string, string>>
    perRun: Tally
  }
  /** Makes what a phase of so many seconds uses up, before the phase is measured. */
  stock?: (seconds: number) => Promise<void>
}

export type WriteWorkload = {
  name: string
  loads: readonly Load[]
  prepare: (scene: Scene, requests: Requests) => Promise<Scripts>
}
