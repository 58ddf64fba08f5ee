/** An utterance as its events have told it so far. */
export type Utterance = {
  /** SequenceId of the event that began it. */
  begins: number
  /** Highest SequenceId taken for it. */
  latest: number
  /** SequenceId of its final text; null while it is partial. */
  final_sequence: number | null
  interaction_id: number | null
}

type Event = { sequence_id: number; is_final: boolean }

const taking = (one: Utterance, { sequence_id, is_final }: Event): Utterance => ({
  ...one,
  latest: Math.max(one.latest, sequence_id),
  final_sequence: is_final ? sequence_id : one.final_sequence,
})

/**
 * The utterance of a track that an event belongs to, as it leaves it; undefined for a partial text that a
 * later one has replaced. A final text is never dropped, however late it comes, and the same event again
 * finds the utterance that it was taken for. `newest` is the last that began, `same` one this event was
 * taken for before.
 */
export function placeEvent(
  event: Event,
  { newest, same }: { newest?: Utterance; same?: Utterance },
): Utterance | undefined {
  const { sequence_id, is_final } = event
  if (same) return !is_final && sequence_id < same.latest ? undefined : taking(same, event)
  const fresh = { begins: sequence_id, latest: sequence_id, interaction_id: null }
  const begun: Utterance = { ...fresh, final_sequence: is_final ? sequence_id : null }
  if (!newest) return begun
  if (!is_final && sequence_id < newest.latest) return undefined
  const isOpen = newest.final_sequence === null && newest.begins <= sequence_id
  return isOpen ? taking(newest, event) : begun
}
