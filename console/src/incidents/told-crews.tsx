import { useQuery } from '@tanstack/react-query'
import type { Message } from '@toneout/contract/model/message.ts'
import { ask } from '../access/ask.ts'
import { useStatus } from '../live/use-live.ts'
import { useNews } from '../live/use-news.ts'
import { toldCrew } from './told.ts'

/** A message on a screen is no fact until it is seen, so it is asked about while a crew has not answered. */
const lookMs = 5_000

/** What was sent about an incident to its crews, newest first. */
export function useTold(incidentId: number, isAsked: boolean, isWaiting: boolean): readonly Message[] {
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const query = useQuery({
    queryKey: ['told', incidentId, epoch],
    queryFn: async ({ signal }) =>
      (await ask('listMessages', { query: { incident_id: incidentId, page_size: 200 } }, signal)).results,
    enabled: ready && isAsked,
    refetchInterval: isWaiting ? lookMs : false,
  })
  useNews(
    (fact) => isAsked && fact.incident_id === incidentId && /^(message|unit)_/.test(fact.type),
    () => void query.refetch(),
  )
  return query.data ?? none
}

const none: readonly Message[] = []

/** Under a unit: each of its crew, and a tick for each way they were told. */
export function ToldCrew({ messages, unitId }: { messages: readonly Message[]; unitId: number }) {
  return toldCrew(messages, unitId).map(({ name, told }) => (
    <p key={name} className="told">
      {name}
      {told.map((one) => (
        <span key={one.channel} data-fault={one.isFault} title={one.words}>
          <span aria-hidden="true">
            {one.mark} {one.isFault ? one.words : one.channel}
          </span>
          <span className="unseen">{one.words}</span>
        </span>
      ))}
    </p>
  ))
}
