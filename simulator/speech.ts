import type { Random } from './random.ts'
import type { Voice } from './script.ts'

type Utterance = {
  message: string
  voice: Voice
  /** Milliseconds after the phone was answered. */
  startedAt: number
  confidence: number
  /** Never finished: the line breaks off, the text stays partial. */
  cut: boolean
  /** This agent sends what it has heard so far and puts it right later. */
  streams: boolean
}
type Text = { message: string; confidence?: number; is_final: boolean }

/** What the agent sends of one utterance and when: at once in full, or a partial text and its revisions. */
export type Heard = { firstAt: number; first: Text; later: ({ at: number } & Text)[]; endsAt: number }

/** Words a second, with the stops people make for breath. */
const pace = { CALLER: 2.5, AI: 2.5, DESK: 2.8 } as const
const shortestMs = 700
const fewestWordsToStream = 5

export function hear(said: Utterance, random: Random): Heard {
  const words = said.message.split(' ')
  const length = Math.max(
    shortestMs,
    (words.length / pace[said.voice]) * (0.85 + random.next() * 0.3) * 1_000,
  )
  const endsAt = Math.round(said.startedAt + length)
  if (said.voice !== 'CALLER') {
    // A synthetic voice is logged when it starts to speak, and nothing recognises it.
    const at = said.voice === 'AI' ? said.startedAt : endsAt
    return { firstAt: at, first: { message: said.message, is_final: true }, later: [], endsAt }
  }
  const confidence = percent(said.confidence)
  if (said.cut) {
    return {
      firstAt: endsAt,
      first: { message: said.message, confidence, is_final: false },
      later: [],
      endsAt,
    }
  }
  const final = { message: said.message, confidence, is_final: true }
  if (!said.streams || words.length < fewestWordsToStream || !random.chance(0.7)) {
    return { firstAt: endsAt, first: final, later: [], endsAt }
  }
  const moment = (part: number) => Math.round(said.startedAt + length * part)
  const unsure = percent(said.confidence * 0.8)
  const begun = random.chance(0.15) ? '' : mishear(words.slice(0, Math.ceil(words.length * 0.35)), random)
  const first =
    begun === '' ? { message: '', is_final: false } : { message: begun, confidence: unsure, is_final: false }
  const middle = { message: mishear(words.slice(0, Math.ceil(words.length * 0.75)), random), is_final: false }
  const halfway = random.chance(0.5) ? [{ at: moment(0.75), ...middle, confidence: unsure }] : []
  return { firstAt: moment(0.4), first, later: [...halfway, { at: endsAt, ...final }], endsAt }
}

/** What a recogniser makes of the beginning of a sentence: no punctuation, now and then a wrong word. */
function mishear(words: readonly string[], random: Random): string {
  const heard = words.map((word) => {
    const bare = word.toLowerCase().replace(/[^\p{L}\p{N}'[\]]/gu, '')
    return random.chance(0.12) ? (soundsLike[bare] ?? bare) : bare
  })
  return heard.filter((word) => word !== '').join(' ')
}

const soundsLike: Readonly<Record<string, string>> = {
  breathing: 'breeding',
  street: 'straight',
  avenue: 'have a new',
  can: "can't",
  they: 'there',
  he: 'she',
  his: 'is',
  chest: 'test',
  won: 'one',
  address: 'a dress',
  lane: 'lean',
  pain: 'paint',
  floor: 'for',
  lips: 'slips',
  okay: 'hey',
  kestrel: 'castle',
  weir: 'wear',
  plover: 'lover',
  tern: 'turn',
}

function percent(value: number): number {
  return Math.round(Math.min(0.99, Math.max(0.01, value)) * 100) / 100
}
