import { useMutation } from '@tanstack/react-query'
import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import { ask, reason } from '../access/ask.ts'
import { useLive } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { usePageKeys } from '../ui/keyboard.ts'

/** The AI leaves the call to a person as soon as it hears of it, with its next words. */
export function TakeOver({ call }: { call: Call }) {
  const live = useLive()
  const take = useMutation({
    mutationFn: () => ask('takeOverCall', { params: { call_sid: call.call_sid } }),
    onMutate: () => live.cursor,
    onSuccess: (taken, _, heard) => live.addCalls([taken], heard),
  })
  const may = call.handoff === null && !isTerminal(call.status)
  const press = () => {
    if (may && !take.isPending) take.mutate()
  }
  usePageKeys((act) => {
    if (act === 'take_over') press()
  })
  return (
    <footer className="talk-acts">
      {may && (
        <button type="button" className="button act" aria-disabled={take.isPending} onClick={press}>
          {take.isPending ? 'Taking over' : 'Take over'} <KeyHint keys="F4" />
        </button>
      )}
      <p role="status">
        {call.handoff && (
          <>
            Taken over by <b>{call.handoff.by}</b> at {clockTime(call.handoff.at)}
          </>
        )}
        {!call.handoff && isTerminal(call.status) && 'The call has ended.'}
      </p>
      <div role="alert">
        {take.isError && (
          <p className="outcome">
            <b>Not taken over.</b> {reason(take.error)}
          </p>
        )}
      </div>
    </footer>
  )
}
