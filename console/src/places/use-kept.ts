import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { nextCursor } from '../live/listing.ts'

/** Lists of what a centre has; each is kept by people, and changes slowly. */
export type KeptFilter = { retired: boolean; search: string }

const everyMs = 15_000
const kept = { refetchInterval: everyMs, refetchOnWindowFocus: 'always' } as const

type Query = { retired: boolean; search: string; cursor: string | undefined }
type Page<Row> = { next: string | null; results: Row[] }
type ReadPage<Row> = (query: Query, signal: AbortSignal) => Promise<Page<Row>>

function useKeptList<Row>(what: string, { retired, search }: KeptFilter, read: ReadPage<Row>) {
  return useInfiniteQuery({
    queryKey: ['kept', what, retired, search],
    queryFn: ({ signal, pageParam }) => read({ retired, search, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<Row>) => nextCursor(page.next),
    placeholderData: keepPreviousData,
    ...kept,
  })
}

export const useUnitList = (filter: KeptFilter) =>
  useKeptList('units', filter, (query, signal) => ask('listUnits', { query }, signal))
export const useHospitalList = (filter: KeptFilter) =>
  useKeptList('hospitals', filter, (query, signal) => ask('listHospitals', { query }, signal))
export const useStationList = (filter: KeptFilter) =>
  useKeptList('stations', filter, (query, signal) => ask('listStations', { query }, signal))

const one = (what: string, id: number) => ({ queryKey: ['kept', what, id], ...kept })

export const useKeptUnit = (id: number) =>
  useQuery({ ...one('unit', id), queryFn: ({ signal }) => ask('readUnit', { params: { id } }, signal) })

export const useKeptHospital = (id: number) =>
  useQuery({
    ...one('hospital', id),
    queryFn: ({ signal }) => ask('readHospital', { params: { id } }, signal),
  })

export const useKeptStation = (id: number) =>
  useQuery({ ...one('station', id), queryFn: ({ signal }) => ask('readStation', { params: { id } }, signal) })

/** Stations to choose from, by name. */
export function useStationChoices() {
  return useQuery({
    queryKey: ['kept', 'station-choices'],
    queryFn: async ({ signal }) => (await ask('listStations', { query: { page_size: 500 } }, signal)).results,
  })
}

/** Who is in the crew of a unit, as their profiles say. */
export function useCrew(unit_id: number) {
  return useQuery({
    queryKey: ['kept', 'crew', unit_id],
    queryFn: async ({ signal }) =>
      (await ask('listParamedics', { query: { unit_id, active: true } }, signal)).results,
    ...kept,
  })
}

/** Units on their way to a hospital, or before it, with their numbers. */
export function useInbound(hospital_id: number) {
  return useQuery({
    queryKey: ['kept', 'inbound', hospital_id],
    queryFn: async ({ signal }) => {
      const query = { hospital_id, live: true, page_size: 100 }
      const { results } = await ask('listAssignments', { query }, signal)
      const units = await Promise.all(
        results.map(({ unit_id }) => ask('readUnit', { params: { id: unit_id } }, signal)),
      )
      return results.map((assignment, at) => ({ assignment, unit: units[at]! }))
    },
    ...kept,
  })
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
