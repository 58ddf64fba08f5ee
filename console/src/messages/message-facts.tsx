import type { Message } from '@toneout/contract/model/message.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SideFacts } from '../frame/side-panel.tsx'
import { dash, stamp } from '../ui/format.ts'
import { channelWord, stateOf } from './message-words.ts'
import { useAbout } from './use-messages.ts'

/** To whom, by what, and when; and the way to the incident it is about. */
export function MessageFacts({ message }: { message: Message }) {
  const about = useAbout(message).data
  const now = Date.now()
  const when = (at: string | null) => (at === null ? dash : stamp(at, now))
  const facts: [string, string][] = [
    ['To', message.recipient],
    ['Channel', channelWord(message.channel)],
    ['State', stateOf(message)],
    ['Unit', about?.unit ?? dash],
    ['Made', when(message.created_at)],
    ['Delivered', when(message.delivered_at)],
    ['Seen', when(message.acknowledged_at)],
    ['Tries', String(message.attempts)],
  ]
  if (message.next_try_at !== null) facts.push(['Next try', when(message.next_try_at)])
  return (
    <>
      <SideFacts label="Facts of the message" facts={facts} />
      {message.incident_id !== null && (
        <div className="side-part">
          <PageLink className="link" href={`/?incident=${message.incident_id}`}>
            Open incident {about?.incident ?? message.incident_id}
          </PageLink>
        </div>
      )}
    </>
  )
}
