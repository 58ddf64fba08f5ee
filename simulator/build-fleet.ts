import type { Answer, Client } from '@toneout/contract/client.ts'
import type { ShownHospital } from '@toneout/contract/model/hospital.ts'
import type { Station } from '@toneout/contract/model/station.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { inCity } from './city/projection.ts'
import { planHospitals, planStations, planUnits } from './fleet.ts'

/** The demo's own rows as the server has them, and in words what could not be had. */
export type Fleet = { stations: Station[]; hospitals: ShownHospital[]; units: Unit[]; missing: string[] }

/** Pages that are read at most; a larger list is no centre's. */
const mostPages = 50

/**
 * Finds the invented city's fleet on the server, or makes what is not there. Ours is only what lies in the
 * city, and a unit only when it waits at one of its stations: a centre's own M01 is never driven.
 * Throws when a list cannot be read.
 */
export async function buildFleet(send: Client): Promise<Fleet> {
  const missing: string[] = []
  const refused = (name: string, { status, body }: Answer) => {
    const { detail } = (body ?? {}) as { detail?: unknown }
    missing.push(`${name}: ${typeof detail === 'string' ? detail : `refused with ${status}`}`)
    return []
  }
  const stations = await ownPlaces<Station>(
    () => readAll(send, 'listStations'),
    planStations(),
    (body) => send('createStation', { body }),
    refused,
  )
  const hospitals = await ownPlaces<ShownHospital, ReturnType<typeof planHospitals>[number]>(
    () => readAll(send, 'listHospitals'),
    planHospitals(),
    (body) => send('createHospital', { body }),
    refused,
  )
  const known = new Map((await readUnits(send)).map((unit) => [unit.unit_number, unit]))
  const units: Unit[] = []
  for (const { station, ...planned } of planUnits()) {
    const { unit_number } = planned
    const found = known.get(unit_number)
    const home = stations.find(({ name }) => name === station)
    if (found && stations.some(({ id }) => id === found.station_id)) units.push(found)
    else if (found) missing.push(`${unit_number}: a unit that is not the demo's has this number`)
    else if (home) {
      const made = await send('createUnit', { body: { ...planned, station_id: home.id } })
      units.push(...(made.status === 201 ? [made.body as Unit] : refused(unit_number, made)))
    }
  }
  return { stations, hospitals, units, missing }
}

type NamedPlace = { name: string; latitude: number; longitude: number }

/** Those of the plan that are there, and those that are made now. */
async function ownPlaces<T extends NamedPlace, P extends NamedPlace = NamedPlace>(
  read: () => Promise<T[]>,
  plan: readonly P[],
  create: (body: P) => Promise<Answer>,
  refused: (name: string, answer: Answer) => never[],
): Promise<T[]> {
  const known = (await read()).filter(inCity)
  const own: T[] = []
  for (const planned of plan) {
    const found = known.find(({ name }) => name === planned.name)
    const made = found ? undefined : await create(planned)
    if (found) own.push(found)
    else own.push(...(made?.status === 201 ? [made.body as T] : refused(planned.name, made as Answer)))
  }
  return own
}

/** All units in use, by their numbers. */
export function readUnits(send: Client): Promise<Unit[]> {
  return readAll<Unit>(send, 'listUnits')
}

async function readAll<T>(send: Client, id: 'listUnits' | 'listHospitals' | 'listStations'): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { status, body } = await send(id, { query: { page_size: 500, cursor } })
    if (status !== 200) throw new Error(`${id} answered ${status}`)
    const { results, next } = body as { results: T[]; next: string | null }
    rows.push(...results)
    if (next === null) return rows
    cursor = new URL(next, 'http://page').searchParams.get('cursor') ?? undefined
  }
  return rows
}
