import type { Message } from '@toneout/contract/model/message.ts'
import { reason } from '../access/ask.ts'
import { useResend } from './use-messages.ts'

const waitingWords = ({ channel }: Message) =>
  channel === 'SCREEN'
    ? 'It stands on the screen of the person until it is acknowledged.'
    : 'It is on its way; what waits cannot be sent again.'

/** Sends a message once more. */
export function Resend({ message }: { message: Message }) {
  const resend = useResend(message.id)
  const isWaiting = message.state === 'WAITING'
  return (
    <div className="side-part">
      <p>
        {isWaiting
          ? waitingWords(message)
          : 'Sent again, it goes to the same person as they are reached now, under a new number.'}
      </p>
      {!isWaiting && (
        <button
          type="button"
          className="button"
          aria-disabled={resend.isPending}
          onClick={() => resend.isPending || resend.mutate()}
        >
          Send this message again
        </button>
      )}
      <div role="status" className="form-fault">
        {resend.isSuccess && 'It is on its way again.'}
      </div>
      <div role="alert" className="form-fault">
        {resend.error && `Not sent again. ${reason(resend.error)}`}
      </div>
    </div>
  )
}
