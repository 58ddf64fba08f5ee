import type { RawBuilder } from 'kysely'
import { orderOf, type SortedList } from '../lib/newest-page.ts'
import type { Row } from './row-cursor.ts'

/** What is read, without its end: SELECT columns FROM … WHERE … ORDER BY …; `order` is none of a client's. */
export type Source = {
  columns: string
  from: SortedList['from']
  where: RawBuilder<unknown>
  order: string
  /** A row as the list shows it. */
  show: (row: Row) => Row
}

export const asItIs = (row: Row): Row => row

/** A list that is shown page by page, as a whole. */
export const wholeList = (list: SortedList, show: Source['show'] = asItIs): Source => ({
  ...list,
  order: orderOf(list, list.newestFirst),
  show,
})
