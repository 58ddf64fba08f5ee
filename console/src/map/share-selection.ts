import { useEffect, useRef } from 'react'
import { changeView, useView } from '../calls/view-store.ts'

type Side = 'console' | 'map'
type Told = { from: Side; call: string | null; incident: number | null }

/**
 * What is selected in the console is selected on the map in its own window, and the other way round. Two
 * consoles of one browser stay apart: each listens to maps only.
 */
export function useSharedSelection(side: Side) {
  const { call, incident } = useView()
  const channel = useRef<BroadcastChannel>(null)
  /** What the other side said last is not said back to it. */
  const heard = useRef(`${call} ${incident}`)
  useEffect(() => {
    const made = new BroadcastChannel('toneout.selection')
    channel.current = made
    made.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.from === side) return
      heard.current = `${data.call} ${data.incident}`
      changeView({ call: data.call, incident: data.incident })
    }
    return () => made.close()
  }, [side])
  useEffect(() => {
    if (heard.current === `${call} ${incident}`) return
    heard.current = `${call} ${incident}`
    channel.current?.postMessage({ from: side, call, incident } satisfies Told)
  }, [side, call, incident])
}
