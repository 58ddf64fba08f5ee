import { useMemo, useRef, useState } from 'react'
import { stepIncident } from '../calls/step-selection.ts'
import { closeSide } from '../frame/console-side.tsx'
import { useAtHand } from '../incidents/plan-at-hand.ts'
import { useLive } from '../live/use-live.ts'
import { useLineKeys, usePageKeys } from '../ui/keyboard.ts'
import { complete, withWord } from './complete-line.ts'
import { readLine } from './read-line.ts'
import { useRunning } from './use-running.ts'
import { useWorld } from './use-world.ts'

/** What is typed, what it means and what its keys do. */
export function useLine() {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const live = useLive()
  const world = useWorld()
  const atHand = useAtHand()
  const reading = useMemo(() => readLine(text, world), [text, world])
  const options = useMemo(() => complete(text, world), [text, world])
  const write = (next: string) => {
    setText(next)
    setChosen(-1)
  }
  const { outcome, run, forget } = useRunning(() => write(''))
  const take = (index: number) => {
    const option = options[index]
    if (option) write(withWord(text, option.word))
  }
  const step = (act: 'up' | 'down') => {
    const next = chosen + (act === 'down' ? 1 : -1)
    if (options.length > 0) setChosen(Math.min(options.length - 1, Math.max(-1, next)))
    else if (text === '') stepIncident(live.centre, act)
  }
  useLineKeys(input, (act) => {
    if (act === 'complete') {
      take(Math.max(0, chosen))
      return options.length > 0
    }
    if (act !== 'run') step(act)
    else if (chosen >= 0) take(chosen)
    else run(reading, atHand)
    return true
  })
  const clear = () => {
    write('')
    forget()
    input.current?.focus()
  }
  usePageKeys((act) => {
    if (act === 'clear') closeSide()
    if (act === 'clear' || act === 'find') clear()
  })
  const type = (next: string) => {
    forget()
    write(next)
  }
  return { text, chosen, input, atHand, reading, options, outcome, take, type }
}
