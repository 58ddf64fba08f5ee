import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Database } from './db.ts'
import {
  type Limit,
  type LimitedKind,
  lookUpLimits,
  roleLimits,
  signInLimits,
  strangerLimit,
  times,
} from './limits.ts'
import { createBuckets, dropOldBuckets } from './limits-shared.ts'
import { networkOf } from './network.ts'

/** Who is limited: a key or a person, with the limits of its own that a key may have. */
export type LimitedCaller = {
  actor: { kind: string; id: number | null }
  role: Role
  via: 'key' | 'token' | 'session'
  limits?: readonly Limit[]
}

/** Each gives a refusal when there were too many requests, and takes one off what is left otherwise. */
export type Limits = {
  known: (caller: LimitedCaller) => Refusal | undefined
  /** Somebody without a good credential. */
  stranger: (address: string) => Refusal | undefined
  signIn: (address: string, name?: string) => Refusal | undefined
  /** A look-up by what is hidden otherwise, beside the request itself. */
  lookUp: (caller: Pick<LimitedCaller, 'actor' | 'role'>) => Refusal | undefined
}

const shareMs = 250
const dropEvery = 240

type Options = {
  db: Database
  /** What all limits but the keys' own are multiplied by. */
  factor: number
  onRefused: (kind: LimitedKind) => void
  /** Told when the processes cannot hear of each other; they go on, each with all of the limits. */
  onFault: (error: Error) => void
}

/** Shares buckets until it is stopped, one exchange after the other. */
function keepSharing(options: Options, all: readonly ReturnType<typeof createBuckets>[]) {
  let running: Promise<void> | undefined
  let turn = 0
  const once = async () => {
    turn += 1
    for (const buckets of all) await buckets.share(options.db)
    if (turn % dropEvery === 0) await dropOldBuckets(options.db)
  }
  const timer = setInterval(() => {
    running ??= once()
      .catch(options.onFault)
      .finally(() => {
        running = undefined
      })
  }, shareMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/**
 * The limits of all who call this process. They are counted in memory, and told between processes some four
 * times a second: N processes let through at most N bursts of a caller that comes to all of them at once, and
 * afterwards what one would.
 */
export function createLimits(options: Options): Limits & { close: () => Promise<void> } {
  const { factor, onRefused } = options
  const clock = () => performance.now()
  // Apart, so that strangers, who come from as many addresses as they like, crowd out nobody who is known.
  const [known, strangers] = [createBuckets(clock), createBuckets(clock)]
  const close = keepSharing(options, [known, strangers])

  const scaled = (limit: Limit) => [times(limit, factor)]
  const usual = new Map<Role, readonly Limit[]>(
    Object.entries(roleLimits).map(([role, limit]) => [role as Role, scaled(limit)]),
  )
  const [stranger, network, name] = [strangerLimit, signInLimits.network, signInLimits.name].map(scaled) as [
    Limit[],
    Limit[],
    Limit[],
  ]
  const answer = (kind: LimitedKind, wait: number | undefined) => {
    if (wait === undefined) return undefined
    onRefused(kind)
    return refuse('rate_limited', { retryAfterSeconds: wait })
  }
  const kindOf = ({ role, via }: LimitedCaller): LimitedKind => {
    if (role === 'ai_dispatcher') return role
    return via === 'key' ? 'key' : 'person'
  }

  return {
    known(caller) {
      const limits = caller.limits?.length ? caller.limits : (usual.get(caller.role) as Limit[])
      const { kind, id } = caller.actor
      return answer(kindOf(caller), known.take(`${kind} ${id}`, limits))
    },
    stranger: (address) => answer('stranger', strangers.take(`stranger ${networkOf(address)}`, stranger)),
    signIn(address, who) {
      const from = `sign-in ${networkOf(address)}`
      const wait =
        who === undefined
          ? strangers.take(from, network)
          : strangers.take(`${from} ${who.trim().normalize('NFKC').toLowerCase().slice(0, 150)}`, name)
      return answer('sign_in', wait)
    },
    lookUp({ actor: { kind, id }, role }) {
      const { program, person } = lookUpLimits
      const limit = scaled(role === 'ai_dispatcher' ? program : person)
      const refusal = answer('look_up', known.take(`look-up ${kind} ${id}`, limit))
      return (
        refusal && { ...refusal, detail: 'Too many look-ups of numbers. Wait as long as Retry-After says.' }
      )
    },
    close,
  }
}
