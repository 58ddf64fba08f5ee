import { useQuery } from '@tanstack/react-query'
import { ask } from '../access/ask.ts'
import { useStatus } from '../live/use-live.ts'
import { useNews } from '../live/use-news.ts'

/** Lines and notes of one incident that are read; no incident had more than a fraction of it. */
const most = 500

export type LogLine = { id: number; at: string; words: string; note: string | null }

/** What happened to an incident, newest first, with the text of its notes in their place. */
export function useLog(id: number) {
  const [ready, epoch] = [useStatus('ready'), useStatus('epoch')]
  const query = useQuery({
    queryKey: ['log', id, epoch],
    queryFn: async ({ signal }): Promise<LogLine[]> => {
      const query = { page_size: most }
      const [timeline, notes] = await Promise.all([
        ask('readIncidentTimeline', { params: { id }, query }, signal),
        ask('listNotes', { params: { id }, query }, signal),
      ])
      const texts = new Map(notes.results.map((note) => [note.id, note.text]))
      const told = timeline.results.filter((one) => one.type !== 'interaction_added')
      return told
        .map((one) => ({ id: one.id, at: one.at, words: one.words, note: noteOf(one.data, texts) }))
        .reverse()
    },
    enabled: ready,
    staleTime: Number.POSITIVE_INFINITY,
  })
  useNews(
    (fact) => fact.type !== 'interaction_added' && (fact.incident_id ?? fact.call?.incident_id) === id,
    () => void query.refetch(),
  )
  return query
}

const noteOf = (data: Record<string, unknown>, texts: ReadonlyMap<number, string>) =>
  typeof data.note_id === 'number' ? (texts.get(data.note_id) ?? null) : null
