import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Credentials, Me } from '@toneout/contract/model/person.ts'
import { streamFacts } from '@toneout/contract/operations/live.ts'
import { dispatchers, keepers, type PersonRole } from '@toneout/contract/roles.ts'
import { go } from '../frame/address.ts'
import { ask, Refused } from './ask.ts'
import { setEnrolling } from './enrolling.ts'

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
  // Pages without the feed hear nothing of a session that was ended elsewhere.
  refetchOnWindowFocus: 'always',
})

export const sessionKey = session.queryKey

export function useSession() {
  return useQuery(session)
}

/** The console is for those who may hear what happens; a page that is never live would mislead. */
export function mayWatch(person: Me): boolean {
  return (streamFacts.who as readonly PersonRole[]).includes(person.role)
}

export function mayDispatch(person: Me): boolean {
  return (dispatchers as readonly string[]).includes(person.role)
}

export const mayKeepAccess = (person: Me) => person.role === 'admin'

/** Who reads settings, the history and what left the house; supervisors change little of it. */
export const mayOversee = (person: Me) => (keepers as readonly string[]).includes(person.role)

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: Credentials) => ask('signIn', { body: given }),
    onSuccess: (person) => {
      leftBy = null
      setEnrolling(false)
      queries.setQueryData(sessionKey, person)
    },
  })
}

/** Who left by their own will; a session that ended by itself is told to whoever comes back to it. */
let leftBy: number | null = null
export const hasLeft = (person: Me) => leftBy === person.id

/** The page forgets what it loaded: the next person may see less. */
function useLeaving(end: () => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: end,
    onSuccess: () => {
      leftBy = queries.getQueryData<Me>(sessionKey)?.id ?? null
      queries.setQueryData(sessionKey, null)
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] })
      // Whoever comes next may not see what was open, and begins where everybody does.
      go('/', 'replace')
    },
  })
}

export const useSignOut = () => useLeaving(() => ask('signOut', {}))
export const useSignOutEverywhere = () => useLeaving(() => ask('signOutEverywhere', {}))
