import { ownColumns } from '@toneout/contract/model/export.ts'
import type { ExportQuery } from '@toneout/contract/operations/exports.ts'
import { maskedCall, openCall } from '../calls/caller.ts'
import { moreColumns } from '../calls/listed-more.ts'
import { callList } from '../calls/search.ts'
import type { SealedCall } from '../calls/store.ts'
import type { Vault } from '../lib/vault.ts'
import { type Source, wholeList } from './source.ts'

/** Calls as everybody may see them: their numbers are masked. What is beside a call is read only if named. */
export function callSource(query: ExportQuery['calls'], vault: Vault): Source {
  const list = callList(query, vault)
  const isMore = (query.columns ?? []).some((name) => !ownColumns.includes(name))
  const columns = isMore ? `${list.columns}, ${moreColumns}` : list.columns
  // To open a sealed number is most of the work of a row, so it is done where the number is wanted.
  const wantsNumber = query.columns === undefined || query.columns.includes('caller_number')
  if (!wantsNumber) return wholeList({ ...list, columns })
  return wholeList({ ...list, columns }, (row) => maskedCall(openCall(vault, row as SealedCall)))
}
