import { useEffect } from 'react'
import { changeView, currentView, subscribeView } from '../calls/view-store.ts'

type Side = 'console' | 'map'
type Selected = { call: string | null; incident: number | null }
type Told = Selected & { from: Side }

const words = ({ call, incident }: Selected) => `${call} ${incident}`

/**
 * What is selected in the console is selected on the map in its own window, and the other way round. Two
 * consoles of one browser stay apart: each listens to maps only.
 */
export function useSharedSelection(side: Side) {
  useEffect(() => {
    const channel = new BroadcastChannel('toneout.selection')
    /** What the other side said last is not said back to it. */
    let known = words(currentView())
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.from === side) return
      known = words(data)
      changeView({ call: data.call, incident: data.incident })
    }
    const endTelling = subscribeView(() => {
      const { call, incident } = currentView()
      if (words({ call, incident }) === known) return
      known = words({ call, incident })
      channel.postMessage({ from: side, call, incident } satisfies Told)
    })
    return () => {
      endTelling()
      channel.close()
    }
  }, [side])
}
