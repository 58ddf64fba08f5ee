import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask, Refused } from '../access/ask.ts'
import { useRow } from '../frame/use-rows.ts'

/** A profile; null for a person who has none yet. */
export function useProfile<Profile>(
  kind: string,
  id: number,
  read: (signal: AbortSignal) => Promise<Profile>,
) {
  return useRow(['people', 'profile', kind, id], async (signal): Promise<Profile | null> => {
    try {
      return await read(signal)
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null
      throw error
    }
  })
}

/** A change of a profile; lists of crews are read again with it. */
export function useProfileChange<Answer>(change: (given: FormData) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['people'] }),
        queries.invalidateQueries({ queryKey: ['kept', 'crew'] }),
      ]),
  })
}

/** Units to choose from, by number. */
export function useUnitChoices() {
  return useQuery({
    queryKey: ['kept', 'unit-choices'],
    queryFn: async ({ signal }) => (await ask('listUnits', { query: { page_size: 500 } }, signal)).results,
  })
}
