import type { PlaceKind } from './city/choose-place.ts'

/**
 * A case as a play: text files in dialogues/, so that call takers can read and correct them.
 *
 *   title: Kitchen fire          header, `key: value` up to the first empty line
 *   weight: 3                    how often in a hundred or so calls
 *
 *   AI: $greet                   a line: AI, CALLER or DESK (a person), with slots and {one|another}
 *   CALLER (0.4): [breathing]    the recogniser's confidence; (cut) = never finished
 *   > location = $place; type …  facts the agent learned by now and writes to the call
 *   > wait 6                     seconds of silence
 *   > again                      the client opens the same call once more
 *   > drop                       the client is gone: nothing more, no completion
 *   > end CANCELLED              the last status; COMPLETED when not said
 *   maybe 40 … end               a passage that happens in 40 % of the plays
 *   either … or … end            one of several
 *     indented                   goes on with the line above
 */
export type Script = {
  name: string
  title: string
  weight: number
  /** Emergency type sent with the first request; undefined when the agent cannot know yet. */
  opens?: string
  at: PlaceKind
  patient: { kin: readonly string[]; from: number; to: number }
  language: string
  /** Confidence of the speech recogniser for this caller, lowest and highest. */
  confidence: readonly [number, number]
  /** Further callers about the same place play this script, this many at most. */
  witnesses?: { script: string; most: number }
  /** Never starts by itself, only as a witness of another. */
  onlyAsWitness: boolean
  lets: ReadonlyMap<string, string>
  beats: readonly Beat[]
}

export type Voice = 'AI' | 'CALLER' | 'DESK'
export type Beat =
  | { kind: 'line'; voice: Voice; text: string; confidence?: number; cut: boolean }
  | { kind: 'facts'; facts: readonly Fact[]; again: boolean }
  | { kind: 'wait'; seconds: number }
  | { kind: 'drop' }
  | { kind: 'end'; status: string }
  | { kind: 'maybe'; percent: number; beats: Beat[] }
  | { kind: 'either'; ways: Beat[][] }
export type Fact = readonly [name: string, value: string]

export function parseScript(name: string, text: string): Script {
  const lines = joinIndented(text)
  const blank = lines.indexOf('')
  const header = new Map<string, string>()
  const lets = new Map<string, string>()
  for (const line of lines.slice(0, blank)) {
    const [key, value] = split(line, ':', name)
    if (key.startsWith('let ')) lets.set(key.slice(4).trim(), value)
    else if (headerKeys.has(key)) header.set(key, value)
    else throw new Error(`${name}: unknown header ${key}`)
  }
  const beats = parseBeats(
    name,
    lines.slice(blank + 1).filter((line) => line !== ''),
  )
  return { name, ...parseHeader(name, header), lets, beats }
}

const headerKeys = new Set([
  'title',
  'weight',
  'opens',
  'at',
  'patient',
  'language',
  'confidence',
  'witnesses',
  'only',
])

function parseHeader(name: string, header: ReadonlyMap<string, string>) {
  const [ages = '25-75', ...kin] = (header.get('patient') ?? '25-75 self').split(/\s+/)
  const [from, to] = numbers(ages, name)
  const [witness, most] = header.get('witnesses')?.split(/\s+/) ?? []
  const [low, high] = numbers(header.get('confidence') ?? '0.72-0.98', name)
  return {
    title: header.get('title') ?? name,
    weight: Number(header.get('weight') ?? 1),
    opens: header.get('opens'),
    at: (header.get('at') ?? 'home') as PlaceKind,
    patient: { kin, from, to },
    language: header.get('language') ?? 'en',
    confidence: [low, high] as const,
    witnesses: witness ? { script: witness, most: Number(most ?? 1) } : undefined,
    onlyAsWitness: header.get('only') === 'witness',
  }
}

function parseBeats(name: string, lines: readonly string[]): Beat[] {
  type Frame = { beats: Beat[]; close: () => void; next?: () => void }
  const top: Frame = { beats: [], close: () => fail(name, 'end without maybe or either') }
  const stack = [top]
  for (const line of lines) {
    const frame = stack.at(-1)!
    const percent = /^maybe (\d+)$/.exec(line)?.[1]
    if (percent) {
      const beats: Beat[] = []
      stack.push({
        beats,
        close: () => frame.beats.push({ kind: 'maybe', percent: Number(percent), beats }),
      })
    } else if (line === 'either') {
      const ways: Beat[][] = [[]]
      const inner: Frame = {
        beats: ways[0]!,
        close: () => frame.beats.push({ kind: 'either', ways }),
        next: () => {
          inner.beats = []
          ways.push(inner.beats)
        },
      }
      stack.push(inner)
    } else if (line === 'or') {
      if (!frame.next) fail(name, 'or outside either')
      frame.next?.()
    } else if (line === 'end') {
      stack.pop()
      frame.close()
    } else frame.beats.push(parseBeat(name, line))
  }
  if (stack.length !== 1) fail(name, 'maybe or either without end')
  return top.beats
}

function parseBeat(name: string, line: string): Beat {
  const spoken = /^(AI|CALLER|DESK)(?: \(([\d.]+|cut)\))?: (.+)$/.exec(line)
  if (spoken) {
    const [, voice, mark, text] = spoken
    const confidence = mark && mark !== 'cut' ? Number(mark) : undefined
    return { kind: 'line', voice: voice as Voice, text: text!, confidence, cut: mark === 'cut' }
  }
  const order = /^> ?(.*)$/.exec(line)?.[1]
  if (order === undefined) fail(name, `cannot read "${line}"`)
  const text = order ?? ''
  const [word, ...rest] = text.split(' ')
  if (word === 'wait') return { kind: 'wait', seconds: Number(rest[0]) }
  if (word === 'drop') return { kind: 'drop' }
  if (word === 'end') return { kind: 'end', status: rest[0] ?? 'COMPLETED' }
  if (word === 'again') return { kind: 'facts', facts: parseFacts(name, rest.join(' ')), again: true }
  return { kind: 'facts', facts: parseFacts(name, text), again: false }
}

function parseFacts(name: string, text: string): Fact[] {
  const parts = text.split(';').filter((part) => part.trim() !== '')
  return parts.map((part) => split(part, '=', name))
}

function joinIndented(text: string): string[] {
  const lines: string[] = []
  for (const raw of text.split('\n')) {
    if (raw.startsWith('#')) continue
    if (/^\s+\S/.test(raw) && lines.length > 0) lines.push(`${lines.pop()} ${raw.trim()}`)
    else lines.push(raw.trim())
  }
  return lines
}

function split(line: string, mark: string, name: string): [string, string] {
  const at = line.indexOf(mark)
  if (at < 0) fail(name, `"${line}" has no ${mark}`)
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}

function numbers(text: string, name: string): [number, number] {
  const [low, high] = text.split('-').map(Number)
  if (!Number.isFinite(low) || !Number.isFinite(high)) fail(name, `"${text}" is not from-to`)
  return [low!, high!]
}

function fail(name: string, what: string): never {
  throw new Error(`dialogue ${name}: ${what}`)
}
