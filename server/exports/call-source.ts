import type { ExportQuery } from '@toneout/contract/operations/exports.ts'
import { maskedCall, openCall } from '../calls/caller.ts'
import { callList } from '../calls/search.ts'
import type { SealedCall } from '../calls/store.ts'
import type { Vault } from '../lib/vault.ts'
import { type Source, wholeList } from './source.ts'

/** Calls as everybody may see them: their numbers are masked. */
export function callSource(query: ExportQuery['calls'], vault: Vault): Source {
  return wholeList(callList(query, vault), (row) => maskedCall(openCall(vault, row as SealedCall)))
}
