import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useRow, useRows } from '../frame/use-rows.ts'

/** Lists of what a centre has; each is kept by people, and changes slowly. */
export type KeptFilter = { retired: boolean; search: string }

const everyMs = 15_000

const list = (what: string, { retired, search }: KeptFilter) => ['kept', what, retired, search]

export const useUnitList = (filter: KeptFilter) =>
  useRows(
    list('units', filter),
    (cursor, signal) => ask('listUnits', { query: { ...filter, cursor } }, signal),
    everyMs,
  )
export const useHospitalList = (filter: KeptFilter) =>
  useRows(
    list('hospitals', filter),
    (cursor, signal) => ask('listHospitals', { query: { ...filter, cursor } }, signal),
    everyMs,
  )
export const useStationList = (filter: KeptFilter) =>
  useRows(
    list('stations', filter),
    (cursor, signal) => ask('listStations', { query: { ...filter, cursor } }, signal),
    everyMs,
  )

export const useKeptUnit = (id: number) =>
  useRow(['kept', 'unit', id], (signal) => ask('readUnit', { params: { id } }, signal), everyMs)
export const useKeptHospital = (id: number) =>
  useRow(['kept', 'hospital', id], (signal) => ask('readHospital', { params: { id } }, signal), everyMs)
export const useKeptStation = (id: number) =>
  useRow(['kept', 'station', id], (signal) => ask('readStation', { params: { id } }, signal), everyMs)

/** Stations to choose from, by name. */
export function useStationChoices() {
  return useQuery({
    queryKey: ['kept', 'station-choices'],
    queryFn: async ({ signal }) => (await ask('listStations', { query: { page_size: 500 } }, signal)).results,
  })
}

/** Who is in the crew of a unit, as their profiles say. */
export function useCrew(unit_id: number) {
  const load = async (signal: AbortSignal) =>
    (await ask('listParamedics', { query: { unit_id, active: true } }, signal)).results
  return useRow(['kept', 'crew', unit_id], load, everyMs)
}

/** Units on their way to a hospital, or before it, with their numbers. */
export function useInbound(hospital_id: number) {
  const load = async (signal: AbortSignal) => {
    const query = { hospital_id, live: true, page_size: 100 }
    const { results } = await ask('listAssignments', { query }, signal)
    const units = await Promise.all(
      results.map(({ unit_id }) => ask('readUnit', { params: { id: unit_id } }, signal)),
    )
    return results.map((assignment, at) => ({ assignment, unit: units[at]! }))
  }
  return useRow(['kept', 'inbound', hospital_id], load, everyMs)
}

/** A change to what is kept; afterwards all that shows it is read again. */
export function useChange<Given, Answer>(
  change: (given: Given) => Promise<Answer>,
  done?: (answer: Answer) => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      done?.(answer)
      return queries.invalidateQueries({ queryKey: ['kept'] })
    },
  })
}
