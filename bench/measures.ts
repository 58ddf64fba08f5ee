import { measureBoot } from './boot.ts'
import { compareWrites } from './compare-writes.ts'
import { measureRushes, rushNames } from './dispatch-rush.ts'
import { dispatchWorkload } from './dispatch-workload.ts'
import { measureList } from './list.ts'
import type { Options } from './options.ts'
import { measureRecommend } from './recommend.ts'
import type { Row } from './report.ts'
import type { Say, Stage } from './stage.ts'
import { measureStream } from './stream.ts'
import { writeWorkloads } from './write-workloads.ts'

type Measure = (stage: Stage, options: Options, tell: Say) => Promise<Row[]>

/** Which names ask for which measurement. */
export const measures: readonly { names: readonly string[]; measure: Measure }[] = [
  ...[...writeWorkloads, dispatchWorkload].map((workload) => ({
    names: workload.loads.map((load) => load.name),
    measure: (stage: Stage, options: Options, say: Say) => compareWrites(stage, workload, options, say),
  })),
  { names: rushNames, measure: measureRushes },
  { names: ['stream'], measure: measureStream },
  { names: ['list'], measure: measureList },
  { names: ['recommend'], measure: measureRecommend },
  { names: ['boot'], measure: measureBoot },
]
