import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Station } from '@toneout/contract/model/station.ts'
import { useMemo } from 'react'
import { ask } from '../access/ask.ts'
import { readAll, type Ticket } from '../incidents/load.ts'
import { unitGroups } from '../live/fleet.ts'
import { useCentre, useLive, useStatus } from '../live/use-live.ts'

/** Every unit in use; says whether these are all. */
export async function loadUnits(ticket: Ticket): Promise<boolean> {
  const { live, signal } = ticket
  const heard = live.cursor
  const { seen, whole } = await readAll(
    ticket,
    (cursor) => ask('listUnits', { query: { page_size: 500, cursor } }, signal),
    (rows, at) => live.addToCentre({ units: rows }, at),
  )
  if (whole) live.dropUnseen({ units: seen }, heard)
  return whole
}

/** Units in use by status; `query.data` is false when there are more than are loaded. */
export function useUnits() {
  const live = useLive()
  const { units } = useCentre()
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const query = useQuery({
    queryKey: ['units', epoch],
    queryFn: ({ signal }) => loadUnits({ live, signal }),
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const groups = useMemo(() => unitGroups(units), [units])
  return { query, groups }
}

/** Facts do not carry stations, which hardly ever change. */
const stationAgeMs = 60_000

/** The names of stations by their id; empty until they are known. */
export function useStations(): ReadonlyMap<number, string> {
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const { data } = useQuery({
    queryKey: ['stations', epoch],
    queryFn: async ({ signal }) => {
      const stations = new Map<number, string>()
      const take = (rows: readonly Station[]) => {
        for (const { id, name } of rows) stations.set(id, name)
      }
      take((await ask('listStations', { query: { page_size: 500 } }, signal)).results)
      return stations
    },
    enabled: ready,
    placeholderData: keepPreviousData,
    refetchInterval: stationAgeMs,
  })
  return data ?? none
}

const none: ReadonlyMap<number, string> = new Map()
