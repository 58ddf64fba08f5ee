import { createStore } from '../ui/store.ts'

/**
 * Whether an authenticator app is being set up, or recovery codes are replaced. It covers every page until
 * it is done, as the codes are shown once: neither the Back button nor a session that is read again may take
 * them away.
 */
type Enrolling = 'app' | 'codes' | false

const enrolling = createStore<Enrolling>(false)

export const setEnrolling = enrolling.set
export const useEnrolling = enrolling.use
