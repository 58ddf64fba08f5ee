import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useQueryWords } from '../frame/address.ts'
import { columnsOf } from './columns.tsx'

const key = ['calls', 'columns']

/** Which columns are shown: those of the address, or of the person, or of everybody. */
export function useColumns() {
  const said = useQueryWords().get('columns')
  const own = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('readColumns', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return columnsOf(said ? said.split(',') : (own.data?.columns ?? []))
}

/** Keeps the choice for the person, on every computer. */
export function useChooseColumns() {
  const queries = useQueryClient()
  const { mutate, error } = useMutation({
    mutationFn: (columns: string[]) => ask('chooseColumns', { body: { columns } }),
    onError: () => queries.invalidateQueries({ queryKey: key }),
  })
  const choose = (columns: string[]) => {
    // At once: a box that is ticked a moment later looks as if it had not been.
    queries.setQueryData(key, { columns })
    mutate(columns)
  }
  return { choose, error }
}
