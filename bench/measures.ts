import { measureBoot } from './boot.ts'
import { compareWrites } from './compare-writes.ts'
import { measureRushes, rushNames } from './dispatch-rush.ts'
import { dispatchWorkload } from './dispatch-workload.ts'
import { measureFlood } from './flood.ts'
import { measureList } from './list.ts'
import { measureRecommend } from './recommend.ts'
import { measureStream } from './stream.ts'
import type { WriteWorkload } from './workload.ts'
import { writeWorkloads } from './write-workloads.ts'

type Measure = typeof measureList

const compare =
  (workload: WriteWorkload): Measure =>
  (stage, options, tell) =>
    compareWrites(stage, workload, options, tell)

/** Which names ask for which measurement. */
export const measures: readonly { names: readonly string[]; measure: Measure }[] = [
  ...[...writeWorkloads, dispatchWorkload].map((workload) => ({
    names: workload.loads.map((load) => load.name),
    measure: compare(workload),
  })),
  { names: rushNames, measure: measureRushes },
  { names: ['stream'], measure: measureStream },
  { names: ['list'], measure: measureList },
  { names: ['recommend'], measure: measureRecommend },
  {
    names: ['addresses'],
    measure: async (...given) => (await import('./addresses.ts')).measureAddresses(...given),
  },
  { names: ['route'], measure: async (...given) => (await import('./route.ts')).measureRoute(...given) },
  {
    names: ['analytics'],
    measure: async (...given) => (await import('./analytics.ts')).measureAnalytics(...given),
  },
  { names: ['notify'], measure: async (...given) => (await import('./notify.ts')).measureNotify(...given) },
  { names: ['import'], measure: async (...given) => (await import('./import.ts')).measureImport(...given) },
  { names: ['desk'], measure: async (...given) => (await import('./desk.ts')).measureDesk(...given) },
  { names: ['lists'], measure: async (...given) => (await import('./lists.ts')).measureLists(...given) },
  { names: ['export'], measure: async (...given) => (await import('./export.ts')).measureExport(...given) },
  { names: ['flood'], measure: measureFlood },
  { names: ['boot'], measure: measureBoot },
]
