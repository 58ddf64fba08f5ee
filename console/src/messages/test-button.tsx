import { reason } from '../access/ask.ts'
import { Skeleton } from '../ui/panel-states.tsx'
import { stateOf } from './message-words.ts'
import { type useTest, useTestMessage } from './use-channels.ts'

type TestProps = {
  name: string
  children: string
  test: ReturnType<typeof useTest>
  /** Whose message it is, where others may be tested at the same time. */
  recipient?: string
}

/** A test that really leaves, and what became of it. */
export function TestButton({ name, children, test, recipient }: TestProps) {
  const message = useTestMessage(test.data, recipient)
  return (
    <section className="side-part" aria-label="Test">
      <h3>Test</h3>
      <p>{children}</p>
      <button
        type="button"
        className="button"
        aria-disabled={test.isPending}
        onClick={() => test.isPending || test.mutate()}
      >
        {name}
      </button>
      {test.isSuccess && !message.data && <Skeleton rows={1} what="the result of the test" />}
      <div role="status" className="form-fault">
        {test.isSuccess && (message.data ? `Result: ${stateOf(message.data)}.` : 'The test is on its way.')}
      </div>
      <div role="alert" className="form-fault">
        {test.error && `Not tested. ${reason(test.error)}`}
      </div>
    </section>
  )
}
