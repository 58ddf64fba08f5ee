import { type RefObject, useEffect, useState } from 'react'
import { CopyIcon } from './icons.tsx'

/** Over plain HTTP pages have no clipboard; what is selected can be copied the old way. */
async function copy(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    if (!shown) return false
    window.getSelection()?.selectAllChildren(shown)
    return document.execCommand('copy')
  }
}

type CopyProps = {
  /** What is copied, as the button says it: "Copy the key". */
  what: string
  text: string
  /** Where the text stands, to be selected where nothing else works. */
  shown: RefObject<HTMLElement | null>
}

const toldMs = 4_000

export function CopyButton({ what, text, shown }: CopyProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (outcome !== 'copied') return
    const timer = setTimeout(() => setOutcome(null), toldMs)
    return () => clearTimeout(timer)
  }, [outcome])
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={async () => setOutcome((await copy(text, shown.current)) ? 'copied' : 'failed')}
      >
        <CopyIcon /> {outcome === 'copied' ? 'Copied' : `Copy ${what}`}
      </button>
      <span className="unseen" role="status">
        {outcome === 'copied' && `Copied ${what}.`}
      </span>
      {outcome === 'failed' && (
        <span role="alert" className="field-fault">
          This browser does not allow it. The text is selected: copy it with the keyboard.
        </span>
      )}
    </>
  )
}
