import { ask } from '../access/ask.ts'
import { useRows } from '../frame/use-rows.ts'

/** An import moves on by thousands of rows a second. */
const everyMs = 5_000

export const useImports = () =>
  useRows(['imports', 'list'], (cursor, signal) => ask('listImports', { query: { cursor } }, signal), everyMs)

export const useQuarantine = (id: number) =>
  useRows(['imports', 'quarantine', id], (cursor, signal) =>
    ask('listQuarantine', { params: { id }, query: { cursor } }, signal),
  )
