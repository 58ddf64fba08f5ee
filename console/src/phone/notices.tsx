import { clockTime, duration } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { tellClockFromMs, useCrew } from './crew-store.ts'
import { useSharing } from './position.ts'
import { dropRefused, pressRead } from './queue.ts'
import type { Queued } from './storage.ts'

/** Only what is on the disk of this phone is said to be sent whatever happens. */
function stateOf({ refused, order }: Queued): string {
  if (refused !== null) return 'Not taken'
  return order === undefined ? 'Keeping' : 'Will send'
}

/** What waits and what was not taken, each with the time of its press. */
function Presses() {
  const { presses } = useCrew()
  if (presses.length === 0) return null
  return (
    <section className="notice" aria-label="Presses">
      {presses.map((one) => (
        <div key={one.id} className="press" data-refused={one.refused !== null}>
          <p>
            <b>{one.words}</b> <span className="mono">{clockTime(one.pressed_at)}</span>
            <span className="press-state">{stateOf(one)}</span>
          </p>
          {one.refused && (
            <>
              <p>{one.refused}</p>
              <button type="button" className="tall" onClick={() => void dropRefused(one)}>
                Dismiss
              </button>
            </>
          )}
        </div>
      ))}
    </section>
  )
}

function Messages() {
  const { view } = useCrew()
  const unread = (view?.messages ?? []).filter((one) => one.read_at === null).reverse()
  return unread.map((one) => (
    <section key={one.id} className="notice message" role="alert" aria-label="Message from the desk">
      <p className="quiet">
        Desk, {one.sent_by}, {clockTime(one.sent_at)}
      </p>
      <p>{one.text}</p>
      <button type="button" className="tall" onClick={() => void pressRead(one.id)}>
        Read
      </button>
    </section>
  ))
}

function Ended() {
  const { view } = useCrew()
  const { ended, assignment } = view ?? {}
  if (!ended || assignment || ended.status === 'CLEARED') return null
  return (
    <section className="notice" role="status" aria-label="Last assignment">
      <p>
        <b>
          {ended.incident_number}: {plain(ended.status).toLowerCase()}
        </b>{' '}
        at {clockTime(ended.at)}
        {ended.reason && `. ${ended.reason}`}
      </p>
    </section>
  )
}

function clockWords(aheadMs: number): string {
  const wrong = `${duration(Math.abs(aheadMs) / 1000)} ${aheadMs > 0 ? 'fast' : 'slow'}`
  return `This phone's clock is ${wrong}. Times are sent corrected.`
}

/** What a crew must know beside the incident: alarms first, then what hangs, then what is odd. */
export function Notices() {
  const { view, fault, isConnected, aheadMs, isOld, isRemembered } = useCrew()
  const sharing = useSharing()
  return (
    <>
      {view?.unit?.duress_at && (
        <p className="notice alarm" role="alert">
          <b>Duress was raised at {clockTime(view.unit.duress_at)}.</b>{' '}
          {view.unit.duress_seen_at
            ? `A desk saw it at ${clockTime(view.unit.duress_seen_at)}.`
            : 'It rings at the desks.'}
        </p>
      )}
      <Messages />
      <Presses />
      <Ended />
      {fault && isConnected && (
        <p className="notice" role="alert">
          {fault}
        </p>
      )}
      {isRemembered && <p className="notice">Without network: this is what this phone last knew.</p>}
      {sharing.fault && view?.assignment && <p className="notice">Position not shared. {sharing.fault}</p>}
      {Math.abs(aheadMs) >= tellClockFromMs && <p className="notice">{clockWords(aheadMs)}</p>}
      {isOld && (
        <p className="notice">
          A new version of this page is there.{' '}
          <button type="button" className="tall" onClick={() => window.location.reload()}>
            Load it
          </button>
        </p>
      )}
    </>
  )
}
