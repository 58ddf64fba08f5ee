import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { ask, reason } from '../access/ask.ts'
import { countdown } from '../access/wait.ts'
import { Ticking } from '../ui/ticking.tsx'

/** What a number is mostly wanted for; anything else is said in own words. */
const readyReasons = ['Call back', 'Lost contact', 'Verify location'] as const

/** A number stays on the screen for so long. */
const shownMs = 60_000

/** Masked, and shown for a minute to whoever says why; that goes on the timeline. */
export function CallerNumber({ sid, masked }: { sid: string; masked: string }) {
  const [asking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const reveal = useMutation({
    mutationFn: (why: string) => ask('revealCaller', { params: { call_sid: sid }, body: { reason: why } }),
    onSuccess: () => setAsking(false),
  })
  const { data, reset } = reveal
  const close = () => {
    setAsking(false)
    reset()
    requestAnimationFrame(() => opener.current?.focus())
  }
  return (
    <>
      <div role="status">{data && <Shown number={data.caller_number} onHide={close} onOver={reset} />}</div>
      {!data && (
        <span className="masked">
          <span className="mono">{masked}</span>
          {!asking && (
            <button ref={opener} type="button" className="link" onClick={() => setAsking(true)}>
              Show number
            </button>
          )}
        </span>
      )}
      {asking && !data && (
        <Why
          busy={reveal.isPending}
          error={reveal.error}
          onWhy={(why) => reveal.isPending || reveal.mutate(why)}
          onCancel={close}
        />
      )}
    </>
  )
}

function Shown({ number, onHide, onOver }: { number: string; onHide: () => void; onOver: () => void }) {
  const [until] = useState(() => Date.now() + shownMs)
  const read = useCallback((now: number) => countdown(until, now), [until])
  useEffect(() => {
    const timer = setTimeout(onOver, until - Date.now())
    return () => clearTimeout(timer)
  }, [until, onOver])
  return (
    <span className="masked">
      <b className="mono">{number}</b>
      <span className="quiet" aria-hidden="true">
        hides in <Ticking read={read} />
      </span>
      <button type="button" className="link" onClick={onHide}>
        Hide number
      </button>
    </span>
  )
}

type WhyProps = {
  busy: boolean
  error: unknown
  onWhy: (why: string) => void
  onCancel: () => void
}

function Why({ busy, error, onWhy, onCancel }: WhyProps) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onWhy(String(new FormData(event.currentTarget).get('reason')).trim())
  }
  return (
    <form className="why" aria-label="Why the number is wanted" onSubmit={submit}>
      <p>Why? It goes on the timeline with your name.</p>
      <div className="why-row">
        {readyReasons.map((why, at) => (
          <button
            key={why}
            ref={at === 0 ? first : undefined}
            type="button"
            className="button"
            aria-disabled={busy}
            onClick={() => onWhy(why)}
          >
            {why}
          </button>
        ))}
      </div>
      <div className="why-row">
        <input
          name="reason"
          aria-label="Another reason"
          placeholder="Another reason"
          autoComplete="off"
          maxLength={500}
          pattern=".*\S.*"
          required
        />
        <button type="submit" className="button" aria-disabled={busy}>
          Show
        </button>
        <button type="button" className="link" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <div role="alert" className="form-fault">
        {error ? `Not shown. ${reason(error)}` : null}
      </div>
    </form>
  )
}
