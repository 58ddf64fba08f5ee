import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { PersonCreation } from '@toneout/contract/model/people.ts'
import { ask } from '../access/ask.ts'
import { nextCursor } from '../live/listing.ts'

export type PeopleFilter = { active: boolean | undefined; search: string }

const everyMs = 60_000

/** People change without facts, so they are read again now and then, and when somebody comes back. */
const kept = { refetchInterval: everyMs, refetchOnWindowFocus: 'always' } as const

export function usePeople({ active, search }: PeopleFilter) {
  return useInfiniteQuery({
    queryKey: ['people', 'list', active, search],
    queryFn: ({ signal, pageParam }) =>
      ask('listPeople', { query: { active, search, cursor: pageParam ?? undefined } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => nextCursor(page.next),
    placeholderData: keepPreviousData,
    ...kept,
  })
}

export function usePerson(id: number) {
  return useQuery({
    queryKey: ['people', 'one', id],
    queryFn: ({ signal }) => ask('readPerson', { params: { id } }, signal),
    ...kept,
  })
}

/** Those somebody with the role hospital can speak for, by name. */
export function useHospitals(wanted: boolean) {
  return useQuery({
    queryKey: ['hospitals'],
    queryFn: async ({ signal }) =>
      (await ask('listHospitals', { query: { page_size: 500 } }, signal)).results,
    enabled: wanted,
  })
}

export function usePeopleAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['people'] })
}

export function useAddPerson() {
  const again = usePeopleAgain()
  return useMutation({ mutationFn: (body: PersonCreation) => ask('addPerson', { body }), onSuccess: again })
}
