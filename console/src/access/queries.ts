import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Refused } from './ask.ts'
import { setEnrolling } from './enrolling.ts'
import { sessionKey } from './session.ts'

const mostRetries = 2

/** A refusal is an answer and stays one; a fault or no answer is worth another try. */
const isPassing = (error: Error) => !(error instanceof Refused) || error.status >= 500

/** What concerns the whole page, whoever asked. */
function heed(error: Error) {
  if (!(error instanceof Refused)) return
  // The session ended: asking who is signed in brings up the sign-in form, unless it is there already.
  const isIn = queries.getQueryData(sessionKey) !== null
  if (error.code === 'not_authenticated' && isIn) void queries.refetchQueries({ queryKey: sessionKey })
  // This computer's clock may be behind the server's, by which it is due.
  if (error.code === 'second_factor_needed') {
    setEnrolling('app')
    void queries.refetchQueries({ queryKey: sessionKey })
  }
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: heed }),
  mutationCache: new MutationCache({ onError: heed }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < mostRetries && isPassing(error),
      retryDelay: (failures) => 300 * 2 ** failures,
      // A request that cannot leave must fail and be seen, not wait unseen for the network.
      networkMode: 'always',
      // The board keeps rows in memory, within limits; a second copy here would not be kept up by facts.
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    // Passwords and keys go with the form that sent or showed them.
    mutations: { networkMode: 'always', gcTime: 0 },
  },
})
