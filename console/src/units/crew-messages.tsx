import { useQuery } from '@tanstack/react-query'
import type { CrewMessage } from '@toneout/contract/model/desk-work.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { ask, reason } from '../access/ask.ts'
import { useNews } from '../live/use-news.ts'
import { stamp } from '../ui/format.ts'
import { MessageForm } from './message-form.tsx'

export function Messages({ unit }: { unit: Unit }) {
  const query = useQuery({
    queryKey: ['messages', unit.id],
    queryFn: ({ signal }) => ask('listCrewMessages', { params: { id: unit.id } }, signal),
  })
  useNews(
    (fact) => fact.unit_id === unit.id && fact.type.startsWith('message_'),
    () => void query.refetch(),
  )
  const messages = query.data?.results ?? []
  return (
    <div className="side-part">
      <h3>Messages to the crew</h3>
      <MessageForm unit={unit} />
      {query.isError && <p className="quiet">Messages could not be loaded. {reason(query.error)}</p>}
      {query.data && messages.length === 0 && <p className="quiet">Nothing was written to it yet.</p>}
      <ul className="messages">
        {messages.map((one) => (
          <li key={one.id}>
            <p>{one.text}</p>
            <small>{stateOf(one)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}

function stateOf({ sent_at, sent_by, read_at, read_by }: CrewMessage): string {
  const now = Date.now()
  const read = read_at === null ? 'not read yet' : `read by ${read_by} ${stamp(read_at, now)}`
  return `${sent_by} ${stamp(sent_at, now)}, ${read}`
}
