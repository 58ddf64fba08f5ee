import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonCreation } from '@toneout/contract/model/people.ts'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'

export type PeopleFilter = { active: boolean | undefined; search: string }

export function usePeople({ active, search }: PeopleFilter) {
  return useRows(['people', 'list', active, search], (cursor, signal) =>
    ask('listPeople', { query: { active, search, cursor } }, signal),
  )
}

export function usePerson(id: number) {
  return useRow(['people', 'one', id], (signal) => ask('readPerson', { params: { id } }, signal))
}

export function useContact(id: number) {
  return useRow(['people', 'contact', id], (signal) => ask('readContact', { params: { id } }, signal))
}

export function useChangeContact<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const again = usePeopleAgain()
  return useMutation({ mutationFn: change, onSuccess: again })
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
