import { createStore } from '../ui/store.ts'
import { current } from './crew-store.ts'
import { ask, Refused } from './session.ts'

export type Sharing = {
  /** Whether the crew wants its position to be shared while it is assigned. */
  isWanted: boolean
  isOn: boolean
  /** Why nothing is shared, in a sentence. */
  fault: string | null
  /** The last place, and when the server had it, by this phone's clock. */
  place: { latitude: number; longitude: number } | null
  sentAt: number | null
}

/** A place is sent at most so often; only the newest counts, so none is kept for later. */
const restMs = 5_000
const choiceKey = 'toneout.unit.position'

function readChoice(): boolean {
  try {
    return localStorage.getItem(choiceKey) !== 'off'
  } catch {
    return true
  }
}

const sharing = createStore<Sharing>({
  isWanted: readChoice(),
  isOn: false,
  fault: null,
  place: null,
  sentAt: null,
})
let watch: number | undefined
let lastTriedAt = 0

const change = (part: Partial<Sharing>): void => sharing.set({ ...sharing.now(), ...part })

const faults: Readonly<Record<number, string>> = {
  1: 'This phone was told not to give its position to this page. Allow it in the settings of the browser.',
  2: 'This phone does not know where it is.',
  3: 'This phone takes too long to find where it is.',
}

async function tell(latitude: number, longitude: number, at: number): Promise<void> {
  const { view, aheadMs } = current()
  if (!view?.unit || Date.now() - lastTriedAt < restMs) return
  lastTriedAt = Date.now()
  try {
    const moment = new Date(Math.min(at, Date.now()) - aheadMs).toISOString()
    await ask('POST', `/api/units/${view.unit.id}/position/`, { latitude, longitude, at: moment })
    change({ sentAt: Date.now() })
  } catch (error) {
    if (error instanceof Refused) change({ fault: `The server did not take the position. ${error.message}` })
  }
}

function begin(): void {
  if (watch !== undefined) return
  if (!window.isSecureContext || !('geolocation' in navigator)) {
    change({ isOn: false, fault: 'The position can only be shared over HTTPS. Tell whoever set this up.' })
    return
  }
  watch = navigator.geolocation.watchPosition(
    ({ coords: { latitude, longitude }, timestamp }) => {
      change({ isOn: true, fault: null, place: { latitude, longitude } })
      void tell(latitude, longitude, timestamp)
    },
    ({ code }) => change({ isOn: false, fault: faults[code] ?? 'The position is not known.' }),
    { enableHighAccuracy: true, maximumAge: 2_000, timeout: 30_000 },
  )
}

function end(): void {
  if (watch !== undefined) navigator.geolocation.clearWatch(watch)
  watch = undefined
  change({ isOn: false, fault: null })
}

let lock: WakeLockSentinel | undefined
let wantsLock = false

/** Keeps the screen on while the page is seen; a phone that is low on power may refuse. */
async function holdScreen(): Promise<void> {
  if (!wantsLock || lock || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
  try {
    lock = await navigator.wakeLock.request('screen')
    lock.addEventListener('release', () => {
      lock = undefined
    })
    if (!wantsLock) await lock.release()
  } catch {
    lock = undefined
  }
}

/** Shares the position and keeps the screen on while the crew is assigned. */
export function whileAssigned(isAssigned: boolean): void {
  wantsLock = isAssigned
  if (isAssigned) void holdScreen()
  else void lock?.release()
  if (isAssigned && sharing.now().isWanted) begin()
  else end()
}
document.addEventListener('visibilitychange', () => void holdScreen())

export function chooseSharing(isWanted: boolean, isAssigned: boolean): void {
  try {
    localStorage.setItem(choiceKey, isWanted ? 'on' : 'off')
  } catch {
    // Storage can be forbidden; the choice then holds until the page is left.
  }
  change({ isWanted })
  whileAssigned(isAssigned)
}

export const lastPlace = () => sharing.now().place

export const useSharing = sharing.use
