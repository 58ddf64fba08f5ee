import { useRef, useState } from 'react'
import { reason } from '../access/ask.ts'
import { numbersOf, send, undo, undoable } from '../incidents/orders.ts'
import type { AtHand } from '../incidents/plan-at-hand.ts'
import { usePageKeys } from '../ui/keyboard.ts'
import type { Act, Reading } from './acts.ts'
import { type Done, runAct } from './run-act.ts'
import { shortNumber } from './world.ts'

type Dispatch = Extract<Act, { do: 'dispatch' }>

async function dispatch({ incident, units }: Dispatch): Promise<Done> {
  const { id, incident_number: number } = incident
  const sent = units.map((unit) => ({ id: unit.id, number: unit.unit_number }))
  const order = await send({ incident: { id, number }, units: sent, plan: null })
  if (order.is === 'sent') {
    return { is: 'done', words: `Sent ${numbersOf(order)} to ${shortNumber(number)}.` }
  }
  if (order.is === 'sending') return { is: 'refused', words: 'An order to it is on its way already.' }
  const sure = order.is === 'refused'
  const words = sure ? '' : 'It is not known whether it arrived; its row says so. '
  return { is: sure ? 'refused' : 'unsure', words: `Not sent. ${words}${reason(order.error)}` }
}

/** Runs what the line says; `clear` empties it once something came of it. One at a time. */
export function useRunning(clear: () => void) {
  const [outcome, setOutcome] = useState<Done | null>(null)
  const busy = useRef(false)

  const perform = async (act: Act, atHand: AtHand | null) => {
    const isPlan = act.do === 'dispatch' && act.planned && atHand?.incident.id === act.incident.id
    if (isPlan) {
      atHand.press()
      clear()
      setOutcome(null)
      return
    }
    busy.current = true
    const done = act.do === 'dispatch' ? await dispatch(act) : await runAct(act)
    busy.current = false
    setOutcome(done)
    if (done.is === 'done') clear()
  }

  usePageKeys((act) => {
    const order = act === 'undo' ? undoable(Date.now()) : null
    if (act === 'undo' && !order) setOutcome({ is: 'refused', words: 'There is no dispatch to take back.' })
    if (!order) return
    void undo(order).then(({ undone }) => {
      const words =
        undone === 'yes'
          ? `Taken back: ${numbersOf(order)}. The crews are told.`
          : 'Not all of it could be taken back.'
      setOutcome({ is: undone === 'yes' ? 'done' : 'refused', words })
    })
  })

  return {
    outcome,
    forget: () => setOutcome(null),
    run: (reading: Reading, atHand: AtHand | null) => {
      if (busy.current) return
      if (reading.is === 'act') void perform(reading.act, atHand)
      else if (reading.is === 'empty') {
        setOutcome(null)
        atHand?.press()
      }
    },
  }
}
