import type { Me } from '@toneout/contract/model/person.ts'
import { useMemo, useRef, useSyncExternalStore } from 'react'
import { mayDispatch } from '../access/session.ts'
import { useOpenIncidents, usePlan } from '../incidents/use-incidents.ts'
import type { Centre } from '../live/centre.ts'
import { useLive } from '../live/use-live.ts'
import { useUnits } from '../units/use-units.ts'
import type { Moment } from './snapshot.ts'
import { usePlaces } from './use-places.ts'
import { useRoute } from './use-route.ts'

const nobody: ReadonlySet<number> = new Set()

const underWay = new Set(['ASSIGNED', 'ACKNOWLEDGED', 'EN_ROUTE'])

/** The unit that was sent first of those that are not there yet. */
function firstOnTheWay({ assignments }: Centre, incident: number | null): number | null {
  const own = [...assignments.values()].map(({ row }) => row)
  const sent = own.filter((row) => row.incident_id === incident && underWay.has(row.status))
  return sent.toSorted((a, b) => a.id - b.id)[0]?.unit_id ?? null
}

/**
 * Gives what the centre is like now whenever it is called. Positions come many times a second: whoever draws
 * asks when it suits, and nothing here wakes React for them.
 */
export function useMoment(person: Me, incident: number | null): () => Moment {
  const live = useLive()
  // In a window of its own nobody else loads them.
  useUnits()
  useOpenIncidents()
  const { hospitals, stations } = usePlaces()
  const plan = usePlan(incident ?? 0, incident !== null && mayDispatch(person)).data
  const picks = plan?.incident_id === incident ? plan.picks : []
  const ids = picks.map((pick) => pick.unit_id).join(' ')
  const recommended = useMemo(() => (ids === '' ? nobody : new Set(ids.split(' ').map(Number))), [ids])
  const sent = useSyncExternalStore(live.subscribe, () => firstOnTheWay(live.centre, incident))
  const route = useRoute(incident, picks[0]?.unit_id ?? sent)
  const read = (): Moment => ({
    centre: live.centre,
    where: (id) => live.whereabouts.where(id),
    heard: live.whereabouts.version,
    hospitals,
    stations,
    incident,
    recommended,
    route,
    now: live.serverTime(Date.now()),
  })
  const latest = useRef(read)
  latest.current = read
  return useMemo(() => () => latest.current(), [])
}
