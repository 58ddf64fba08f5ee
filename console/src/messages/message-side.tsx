import type { Me } from '@toneout/contract/model/person.ts'
import { mayOversee } from '../access/session.ts'
import { SidePanel } from '../frame/side-panel.tsx'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { MessageFacts } from './message-facts.tsx'
import { eventWord } from './message-words.ts'
import { Resend } from './resend.tsx'
import { Tries } from './tries.tsx'
import { useMessage } from './use-messages.ts'

type SideProps = { id: number; person: Me; onClose: () => void }

/** One message: to whom, about what, what was tried, and a way to send it again. */
export function MessageSide({ id, person, onClose }: SideProps) {
  const query = useMessage(id)
  const message = query.data
  return (
    <SidePanel title={message ? eventWord(message.event) : `Message ${id}`} onClose={onClose}>
      {query.isPending && <Skeleton rows={6} what="the message" />}
      {query.isError && <Failed what="The message" read={query} />}
      {message && (
        <>
          <MessageFacts message={message} />
          <Tries message={message} mayRead={mayOversee(person)} />
          <Resend message={message} />
        </>
      )}
    </SidePanel>
  )
}
