import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useEffect, useRef, useState } from 'react'
import { selectionOf } from '../calls/use-selection.ts'
import { currentView } from '../calls/view-store.ts'
import { useLive } from '../live/use-live.ts'
import { drop, type Order, send, useOrder } from './orders.ts'
import { setAtHand } from './plan-at-hand.ts'
import type { Choice } from './use-choice.ts'

/** A press within this after what is on the screen changed was meant for what was there before. */
const disarmedMs = 400

/** Armed once the same has been on the screen for a while; each press disarms until that changes. */
function useArmed(shown: string) {
  const [armedFor, setArmedFor] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => setArmedFor(shown), disarmedMs)
    return () => clearTimeout(timer)
  }, [shown])
  return armedFor === shown
}

export type Pressing = {
  order: Order | null
  isArmed: boolean
  /** The first press asked this; the second sends. */
  asked: string | null
  press: () => void
  dropUnsent: () => void
}

/** What a press of the button, or Enter on an empty line, does for the selected incident. */
export function usePress(
  incident: Incident,
  plan: Recommendation | undefined,
  { chosen, question, reset }: Choice,
): Pressing {
  const order = useOrder(incident.id)
  const ids = chosen.map((one) => one.id).join(' ')
  const about = `${incident.id} ${plan?.version} ${ids}`
  const [askedAbout, setAskedAbout] = useState<string | null>(null)
  const asked = question !== null && askedAbout === about ? question : null
  const isArmed = useArmed(`${about} ${asked} ${order?.is} ${order?.at}`)
  const isReady = isArmed && order?.is !== 'sending' && (order?.is === 'unknown' || chosen.length > 0)
  const live = useLive()
  const press = () => {
    // The selection may have moved on since this was drawn.
    if (!isReady || selectionOf(currentView(), live.board).incident !== incident.id) return
    if (order?.is === 'unknown') void send(order)
    else if (question !== null && asked === null) setAskedAbout(about)
    else if (plan) {
      const { id, incident_number: number } = incident
      void send({ incident: { id, number }, units: chosen, plan })
      reset()
    }
  }
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    const units = order?.is === 'unknown' ? order.units : chosen
    setAtHand({ incident, units, question: asked, isArmed: isReady, press: () => latest.current() })
    return () => setAtHand(null)
  }, [incident, ids, asked, isReady, order])
  return { order, isArmed: isReady, asked, press, dropUnsent: () => drop(incident.id) }
}
