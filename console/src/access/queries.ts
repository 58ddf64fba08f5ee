import { QueryCache, QueryClient } from '@tanstack/react-query'
import { Refused } from './ask.ts'
import { sessionKey } from './session.ts'

const mostRetries = 2

/** A refusal is an answer and stays one; a fault or no answer is worth another try. */
const isPassing = (error: Error) => !(error instanceof Refused) || error.status >= 500

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // The session ended: asking who is signed in brings up the sign-in form.
      if (error instanceof Refused && error.status === 401)
        void queries.refetchQueries({ queryKey: sessionKey })
    },
  }),
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
    mutations: { networkMode: 'always' },
  },
})
