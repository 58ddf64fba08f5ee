import type { Me } from '@toneout/contract/model/person.ts'
import { Empty } from '../ui/panel-states.tsx'
import { Talk } from './talk.tsx'
import { useDrawnSelection } from './use-selection.ts'

/** What is said in the call that is selected, or in that of the incident that is. */
export function TalkPanel({ person }: { person: Me }) {
  const { call } = useDrawnSelection()
  return (
    <section className="panel talk" aria-label="Transcript">
      {call === null ? <NoCall /> : <Talk key={call} sid={call} person={person} />}
    </section>
  )
}

function NoCall() {
  return (
    <>
      <header className="panel-head">
        <h2>Transcript</h2>
      </header>
      <Empty>No call is selected. Alt and the down arrow select the newest one.</Empty>
    </>
  )
}
