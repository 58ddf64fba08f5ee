import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DuressAlarm } from '@toneout/contract/model/crew.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { useMemo } from 'react'
import { ask } from '../access/ask.ts'
import { mayDispatch } from '../access/session.ts'
import { useCentre, useStatus } from '../live/use-live.ts'
import { useNews } from '../live/use-news.ts'

/** A crew that calls for help for itself; `alarm` is null while no more is known than that. */
export type Duress = {
  readonly unit: Unit
  readonly since: string
  readonly alarm: DuressAlarm | null
  /** A desk has said that it has seen it, or it will be known in a moment whether one has. */
  readonly isSeen: boolean
}

const mayRead = (person: Me) => mayDispatch(person) || person.role === 'admin'

/** The crews that call for help now, the longest first. The feed tells of them; who has seen them is read. */
export function useDuress(person: Me): readonly Duress[] {
  const { units } = useCentre()
  const epoch = useStatus('epoch')
  const calling = useMemo(
    () => [...units.values()].flatMap(({ row }) => (row.duress_at === null ? [] : [row])),
    [units],
  )
  const isAsked = mayRead(person) && calling.length > 0
  const query = useQuery({
    queryKey: ['duress', epoch],
    queryFn: ({ signal }) => ask('listDuress', {}, signal),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  useNews(
    (fact) => isAsked && fact.type.startsWith('duress_'),
    () => void query.refetch(),
  )
  const { data, isLoading, failureCount } = query
  return useMemo(() => {
    const isOpen = isLoading && failureCount === 0
    const duress = calling.map((unit) => {
      const since = unit.duress_at as string
      const alarm = data?.results.find((one) => one.unit_id === unit.id && one.raised_at === since) ?? null
      return { unit, since, alarm, isSeen: isOpen || (alarm?.acknowledged_at ?? null) !== null }
    })
    return duress.sort((a, b) => (a.since < b.since ? -1 : 1))
  }, [calling, data, isLoading, failureCount])
}
