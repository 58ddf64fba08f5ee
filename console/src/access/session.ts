import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Credentials, Me } from '@toneout/contract/model/person.ts'
import { callReaders, dispatchers } from '@toneout/contract/roles.ts'
import { ask, Refused, signOut } from './ask.ts'

/** The signed-in person, or null. */
const session = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await ask('readMe', {}, signal)
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return null
      throw error
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
})

export const sessionKey = session.queryKey

export function useSession() {
  return useQuery(session)
}

export function mayReadCalls(person: Me): boolean {
  return (callReaders as readonly string[]).includes(person.role)
}

export function mayDispatch(person: Me): boolean {
  return (dispatchers as readonly string[]).includes(person.role)
}

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: Credentials) => ask('signIn', { body: given }),
    onSuccess: (person) => queries.setQueryData(sessionKey, person),
  })
}

/** The page forgets what it loaded: the next person may see less. */
export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      queries.setQueryData(sessionKey, null)
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] })
    },
  })
}
