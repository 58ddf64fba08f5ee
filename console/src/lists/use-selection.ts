import { useState } from 'react'
import { mostChosen } from './use-call-list.ts'

type Chosen = { id: number; call_sid: string }

/** Calls that were ticked, by id; they stay while the list is read on, sorted and searched. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlyMap<number, string>>(new Map())
  const change = (act: (map: Map<number, string>) => void) => {
    const next = new Map(chosen)
    act(next)
    setChosen(new Map([...next].slice(0, mostChosen)))
  }
  return {
    ids: [...chosen.keys()],
    sids: [...chosen.values()],
    has: (id: number) => chosen.has(id),
    add: (calls: readonly Chosen[]) =>
      change((map) => {
        for (const { id, call_sid } of calls) map.set(id, call_sid)
      }),
    toggle: ({ id, call_sid }: Chosen) =>
      change((map) => {
        if (!map.delete(id)) map.set(id, call_sid)
      }),
    clear: () => setChosen(new Map()),
  }
}
export type Selection = ReturnType<typeof useSelection>
