import { useMemo } from 'react'
import { useDesk } from '../calls/use-desk.ts'
import { useSelection } from '../calls/use-selection.ts'
import { useAtHand } from '../incidents/plan-at-hand.ts'
import { inQueue } from '../incidents/queue.ts'
import { isOpen } from '../live/centre.ts'
import { useCentre } from '../live/use-live.ts'
import { usePlaces } from '../map/use-places.ts'
import type { World } from './world.ts'

const none = {}

/** All that the line's words can be about, as the page knows it now. */
export function useWorld(): World {
  const { incidents, units } = useCentre()
  const { incident } = useSelection()
  const { hospitals, stations } = usePlaces()
  const atHand = useAtHand()
  const aliases = useDesk()?.command_aliases ?? none
  return useMemo(() => {
    const rows = [...incidents.values()].map(({ row }) => row)
    const { waiting, assigned } = inQueue(rows.filter(isOpen))
    const ended = rows.filter((row) => !isOpen(row)).sort((a, b) => b.id - a.id)
    const inUse = [...units.values()].map(({ row }) => row).filter((row) => row.retired_at === null)
    return {
      units: inUse,
      incidents: [...waiting, ...assigned, ...ended],
      hospitals,
      stations,
      selected: incident === null ? null : (incidents.get(incident)?.row ?? null),
      planned: (atHand?.units ?? []).flatMap(({ id }) => units.get(id)?.row ?? []),
      aliases,
    }
  }, [incidents, units, incident, hospitals, stations, atHand, aliases])
}
