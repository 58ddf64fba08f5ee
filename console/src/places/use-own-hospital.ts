import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ask } from '../access/ask.ts'
import { repeatMs, sound } from '../alarms/tones.ts'

/** Whoever waits at an entrance looks up when it sounds; that need not be to the second. */
const everyMs = 5_000

/** The hospital that the person speaks for, with the units that come. */
export function useOwnHospital() {
  return useQuery({
    queryKey: ['kept', 'own-hospital'],
    queryFn: ({ signal }) => ask('readOwnHospital', {}, signal),
    refetchInterval: everyMs,
  })
}

const alertsKey = ['own-notices']

/** Patients that were announced and that nobody here has said to have seen, the newest first. */
export function usePreAlerts() {
  const read = useQuery({
    queryKey: alertsKey,
    queryFn: async ({ signal }) => (await ask('listOwnNotices', {}, signal)).results,
    refetchInterval: everyMs,
  })
  const alerts = (read.data ?? []).filter(({ event }) => event === 'HOSPITAL_PREALERT')
  const unseen = alerts.filter(({ acknowledged_at }) => acknowledged_at === null)
  const newest = unseen[0]?.id
  // Sounds at once, and again and again while one of them is unseen.
  useEffect(() => {
    if (newest === undefined) return
    sound('first')
    const timer = setInterval(() => sound('first'), repeatMs.first)
    return () => clearInterval(timer)
  }, [newest])
  return { read, unseen, seen: alerts.filter((one) => !unseen.includes(one)) }
}

/** Says that an announced patient was seen; the alert is quiet from then on. */
export function useSeen() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => ask('acknowledgeMessage', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: alertsKey }),
  })
}
