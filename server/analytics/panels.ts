import type { IntervalsQuery } from '@toneout/contract/model/analytics-query.ts'
import { readAi } from './ai.ts'
import { readUtilisation } from './busy.ts'
import { readVolumes } from './counts.ts'
import { readFigures } from './figures.ts'
import { readHospitals } from './hospitals.ts'
import type { Measures } from './measures.ts'
import { readQueue } from './queue.ts'
import { readSummary } from './summary.ts'

/** What each question is answered by. */
export const panels = {
  readSummary,
  readVolumes,
  readIntervals: async (measures: Measures, query: IntervalsQuery) => ({
    results: await readFigures(measures, query),
  }),
  readUtilisation,
  readHospitals,
  readQueue,
  readAi,
}
