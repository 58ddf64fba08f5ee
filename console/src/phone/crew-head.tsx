import { clockTime, duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { plain } from '../ui/words.ts'
import { current, useCrew } from './crew-store.ts'

const levels = { BASIC: 'BLS', ADVANCED: 'ALS', CRITICAL: 'Critical care' } as const

/** Two heartbeats missed and the page says so. */
const behindAfterMs = 12_000

/** How live the page is: it never shows an old picture as a new one. */
function readLink(now: number) {
  const { heardAt, isConnected, viewReadAt } = current()
  const age = heardAt === null ? null : now - heardAt
  if (isConnected && age !== null && age < behindAfterMs) return { text: 'Online', tone: 'live' }
  if (viewReadAt === null) return { text: 'Offline', tone: 'off' }
  const since = Math.max(viewReadAt, heardAt ?? 0)
  const words =
    now - since < 60_000 ? `${Math.floor((now - since) / 1000)} s old` : `as of ${clockTime(since)}`
  return { text: `Offline, ${words}`, tone: 'off' }
}

export function CrewHead() {
  const { view } = useCrew()
  const unit = view?.unit
  const level = unit ? (levels[unit.unit_type as keyof typeof levels] ?? plain(unit.unit_type)) : ''
  const surnames = unit?.crew.map((name) => name.split(' ').at(-1)).join(', ')
  return (
    <header className="crew-head">
      <h1 className="mono">{unit?.unit_number ?? 'Crew'}</h1>
      <p>{[level, surnames].filter(Boolean).join(' · ')}</p>
      <Ticking className="link-state" read={readLink} />
    </header>
  )
}

/** How long ago something was, by the server's clock. */
export const sinceReader = (at: string) => (now: number) =>
  duration((now - current().aheadMs - Date.parse(at)) / 1000)
