import { useCallback, useEffect, useState } from 'react'
import { countdown, waitUntil, waitWords } from '../access/wait.ts'
import { Ticking } from './ticking.tsx'

/** Whether the server still refuses to look at another try. */
export function useWait(error: unknown): number | null {
  const until = waitUntil(error)
  const [over, setOver] = useState<number | null>(null)
  useEffect(() => {
    if (until === null) return
    const timer = setTimeout(() => setOver(until), until - Date.now())
    return () => clearTimeout(timer)
  }, [until])
  return until === null || over === until ? null : until
}

type FaultProps = {
  /** The sentence, or null when nothing is wrong. */
  words: string | null
  error: unknown
  /** What useWait says of the error. */
  wait: number | null
}

/** What came of a form. Both places are always there, so that what comes into them is read aloud. */
export function FormFault({ words, error, wait }: FaultProps) {
  const until = waitUntil(error)
  return (
    <div className="form-fault">
      <div role="alert">{until !== null ? wait !== null && <Waiting until={wait} /> : words}</div>
      <div role="status">{until !== null && wait === null && 'You can try again now.'}</div>
    </div>
  )
}

function Waiting({ until }: { until: number }) {
  const [words] = useState(() => waitWords(until - Date.now()))
  const read = useCallback((now: number) => countdown(until, now), [until])
  return (
    <>
      Too many tries.<span className="unseen"> You can try again in {words}.</span>
      <span aria-hidden="true">
        {' '}
        You can try again in <Ticking className="timer" read={read} />.
      </span>
    </>
  )
}
