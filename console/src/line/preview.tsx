import { useLatestOrder } from '../incidents/orders.ts'
import type { AtHand } from '../incidents/plan-at-hand.ts'
import { UndoButton } from '../incidents/undo-button.tsx'
import { typeWord } from '../ui/words.ts'
import type { Reading } from './acts.ts'
import type { Done } from './run-act.ts'
import { type Said, sayAct } from './say-act.ts'
import { shortNumber } from './world.ts'

type PreviewProps = {
  id: string
  reading: Reading
  atHand: AtHand | null
  outcome: Done | null
  isPart: boolean
}

/** What Enter would do, in words, before it does it; after it, what came of it. */
export function Preview({ id, reading, atHand, outcome, isPart }: PreviewProps) {
  const latest = useLatestOrder()
  const undo = latest?.is === 'sent' && latest.undone === 'no' ? <UndoButton order={latest} /> : null
  // A word that is still being typed is no fault yet.
  const shown: Reading = isPart && reading.is === 'fault' ? { is: 'open', words: 'Tab completes.' } : reading
  return (
    <p id={id} className="preview" role="status" data-is={outcome?.is ?? shown.is}>
      {outcome && outcome.words !== '' ? outcome.words : <Next reading={shown} atHand={atHand} />} {undo}
    </p>
  )
}

function Next({ reading, atHand }: Pick<PreviewProps, 'reading' | 'atHand'>) {
  if (reading.is === 'act') return <Words said={sayAct(reading.act)} />
  if (reading.is !== 'empty') return <>{reading.words}</>
  if (!atHand || atHand.units.length === 0) return null
  const { incident, units, question } = atHand
  const lead = `Dispatch ${units.map((one) => one.number).join(' + ')}`
  const { incident_number, emergency_type, location } = incident
  const what = `to ${shortNumber(incident_number)} ${typeWord(emergency_type)} ${location}`
  return <Words said={{ lead, rest: question ? `all the same? ${question}` : what }} />
}

const Words = ({ said }: { said: Said }) => (
  <>
    <b>{said.lead}</b> {said.rest}
  </>
)
