import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useRow } from '../frame/use-rows.ts'

/** A profile; null for a person who has none yet. */
export function useProfile<Profile>(
  kind: string,
  person_id: number,
  find: (query: { person_id: number }, signal: AbortSignal) => Promise<{ results: Profile[] }>,
) {
  return useRow(['people', 'profile', kind, person_id], async (signal): Promise<Profile | null> => {
    // Asked of the list: that there is none yet is no fault.
    const { results } = await find({ person_id }, signal)
    return results[0] ?? null
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
