import { deskView } from '../model/desk.ts'
import { operation } from '../operation.ts'
import { boardReaders } from '../roles.ts'

export const readDesk = operation({
  method: 'GET',
  path: '/api/desk/',
  group: 'Dispatch',
  summary: 'Read what desks work by, and how the last 12 hours went',
  description:
    'Words of the command line, the number of the desk, times of alarms, targets, two 90th percentiles. A ' +
    'percentile is the value at index floor(0.9 n) of the sorted values, whole seconds rounded up; times ' +
    'as they count after corrections, at most the newest 5,000 incidents.',
  who: boardReaders,
  replies: { 200: deskView },
  refusals: ['not_authenticated', 'forbidden'],
})
