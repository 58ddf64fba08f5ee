import type { Message } from '@toneout/contract/model/message.ts'
import { stamp } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { useTries } from './use-messages.ts'

/** What was tried to bring a message home, as the history tells it. */
export function Tries({ message, mayRead }: { message: Message; mayRead: boolean }) {
  const tries = useTries(message, mayRead).data
  if (!tries || tries.length === 0) return null
  return (
    <section className="side-part" aria-label="What was tried">
      <h3>What was tried</h3>
      <ol className="plain-list">
        {tries.map(({ id, at, type, actor, data }) => (
          <li key={id}>
            <span className="mono">{stamp(at, Date.now())}</span> {plain(type.replace('message_', ''))}
            {actor.kind !== 'system' && ` by ${actor.name}`}
            {typeof data.fault === 'string' && `: ${data.fault}`}
          </li>
        ))}
      </ol>
    </section>
  )
}
