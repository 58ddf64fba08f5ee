import type { CallStatus } from '@toneout/contract/model/call.ts'
import type { Speaker } from '@toneout/contract/model/interaction.ts'
import type { Place } from './city/choose-place.ts'
import { fill, fillExactly } from './fill.ts'
import { blunder, disorder, openingHabits, type Value } from './habits.ts'
import type { Random } from './random.ts'
import { type Scene, setScene } from './scene.ts'
import type { Beat, Fact, Script } from './script.ts'
import { hear } from './speech.ts'

/** Facts as the agent writes them to the call; wrong on purpose in places, as existing agents are. */
export type Facts = Record<string, Value>

/** One request of the phone agent. `at` is in milliseconds after the phone was answered. */
export type Step = { at: number } & (
  | { do: 'open'; body: Facts; copies: 1 | 2 }
  | { do: 'open_again'; body: Facts }
  | { do: 'update'; method: 'PUT' | 'PATCH'; body: Facts }
  | { do: 'say'; sequence: number; line: SpokenLine }
  | { do: 'revise'; sequence: number; message: string; confidence?: number; is_final: boolean }
)
/** An utterance; `startedAt` is in milliseconds after the phone was answered. */
export type SpokenLine = {
  speaker: Speaker
  message: string
  startedAt: number
  confidence?: number
  language: string
  is_final: boolean
}

/** A call from the first ring to its end, or to where the client is lost. */
export type PlannedCall = {
  key: string
  script: string
  place: Place
  /** Milliseconds after the start of the hour. */
  at: number
  steps: readonly Step[]
  /** The status it must have in the end; undefined when the client is lost and nobody ends it. */
  ends?: CallStatus
}

/** Plays a script once. What comes out depends on the random source and the place alone. */
export function planCall(
  key: string,
  at: number,
  script: Script,
  random: Random,
  place?: Place,
): PlannedCall {
  const scene = setScene(script, random.stream('scene'), place)
  const words = random.stream('words')
  const habits = random.stream('habits')
  const desk = openDesk(script, scene, words, habits)
  for (const beat of flatten(script.beats, words)) play(desk, beat)
  if (desk.ends && !desk.ended) end(desk, desk.ends)
  const steps = disorder(desk.steps, habits)
  return { key, script: script.name, place: scene.place, at, steps, ends: desk.ends }
}

/** Decides every `maybe` and `either`. */
function flatten(beats: readonly Beat[], random: Random): Beat[] {
  return beats.flatMap((beat) => {
    if (beat.kind === 'maybe') return random.chance(beat.percent / 100) ? flatten(beat.beats, random) : []
    if (beat.kind === 'either') return flatten(random.pick(beat.ways), random)
    return [beat]
  })
}

/** The agent at work on one call: what it has sent so far and when. */
type Desk = {
  script: Script
  scene: Scene
  words: Random
  habits: Random
  method: 'PUT' | 'PATCH'
  streams: boolean
  language: string
  clock: number
  sequence: number
  steps: Step[]
  ends?: CallStatus
  ended: boolean
}

function openDesk(script: Script, scene: Scene, words: Random, habits: Random): Desk {
  const body = { ...openingFacts(script, scene), ...openingHabits(habits) }
  return {
    script,
    scene,
    words,
    habits,
    method: habits.chance(0.7) ? 'PUT' : 'PATCH',
    streams: habits.chance(0.45),
    language: 'en',
    clock: habits.int(300, 1_200),
    sequence: 0,
    // Some clients fire the first request twice at the same instant.
    steps: [{ at: 0, do: 'open', body, copies: habits.chance(0.04) ? 2 : 1 }],
    ends: 'COMPLETED',
    ended: false,
  }
}

function play(desk: Desk, beat: Beat) {
  if (beat.kind === 'line') speak(desk, beat)
  else if (beat.kind === 'facts') write(desk, beat)
  else if (beat.kind === 'wait') desk.clock += beat.seconds * desk.habits.int(1_000, 1_900)
  else if (beat.kind === 'drop') desk.ends = undefined
  else if (beat.kind === 'end') end(desk, beat.status as CallStatus)
}

/** Silence before a caller, and before the agent answers (recognition, model, voice), in ms. */
const pauses = { CALLER: [500, 3_200], AI: [900, 1_900], DESK: [600, 1_600] } as const
const speakers = { CALLER: 'CALLER', AI: 'SYSTEM', DESK: 'DISPATCHER' } as const

function speak(desk: Desk, beat: Extract<Beat, { kind: 'line' }>) {
  const { habits, script, streams, language } = desk
  const message = fill(beat.text, desk.scene.slots, desk.words)
  const [least, most] = pauses[beat.voice]
  const startedAt = desk.clock + habits.int(least, most)
  const sequence = ++desk.sequence
  const [low, high] = script.confidence
  const confidence = beat.confidence ?? low + habits.next() * (high - low)
  const heard = hear({ message, voice: beat.voice, startedAt, confidence, cut: beat.cut, streams }, habits)
  const line = { ...heard.first, speaker: speakers[beat.voice], startedAt, language }
  desk.steps.push({ at: heard.firstAt, do: 'say', sequence, line })
  for (const later of heard.later) desk.steps.push({ do: 'revise', sequence, ...later })
  desk.clock = heard.endsAt
}

function write(desk: Desk, beat: Extract<Beat, { kind: 'facts' }>) {
  const facts = readFacts(beat.facts, desk)
  if (typeof facts.language === 'string') desk.language = facts.language
  desk.clock += desk.habits.int(80, 260)
  const at = desk.clock
  if (beat.again) {
    const body = { ...openingFacts(desk.script, desk.scene), ...facts }
    desk.steps.push({ at, do: 'open_again', body })
  } else desk.steps.push({ at, do: 'update', method: desk.method, body: blunder(facts, desk.habits) })
}

function end(desk: Desk, status: CallStatus) {
  desk.clock += desk.habits.int(300, 900)
  desk.steps.push({ at: desk.clock, do: 'update', method: desk.method, body: { status } })
  desk.ends = status
  desk.ended = true
}

function openingFacts(script: Script, scene: Scene): Facts {
  return { caller_number: scene.callerNumber, ...(script.opens ? { emergency_type: script.opens } : {}) }
}

function readFacts(facts: readonly Fact[], desk: Desk): Facts {
  const read = (value: string) => readValue(fillExactly(value, desk.scene.slots, desk.words))
  return Object.fromEntries(facts.map(([name, value]) => [name, read(value)]))
}

function readValue(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
