import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { KeyCreation } from '@toneout/contract/model/key.ts'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'

export type KeyFilter = { all: boolean; search: string }

export function useKeys({ all, search }: KeyFilter) {
  return useRows(['keys', 'list', all, search], (cursor, signal) =>
    ask('listKeys', { query: { revoked: all ? undefined : false, search, cursor } }, signal),
  )
}

export function useKey(id: number) {
  return useRow(['keys', 'one', id], (signal) => ask('readKey', { params: { id } }, signal))
}

export function useKeysAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['keys'] })
}

export function useMakeKey() {
  const again = useKeysAgain()
  return useMutation({ mutationFn: (body: KeyCreation) => ask('addKey', { body }), onSuccess: again })
}
