import { basename } from 'node:path'
import { z } from 'zod'
import { lineFault, nameLimit, RoadFileFault, type RoadItem, readText } from './road-item.ts'
import { roadClasses } from './segment.ts'

/** Characters of one line of the file. */
const lineLength = 1_000_000

const text = (least: number) => z.string().min(least).max(nameLimit)
const point = z.tuple([z.number(), z.number()])
const numbers = z.strictObject({ from: z.int().min(0).max(999_999), to: z.int().min(0).max(999_999) })
const segment = z.strictObject({
  id: text(1),
  name: text(0),
  class: z.enum(roadClasses),
  oneway: z.enum(['no', 'forward', 'backward']),
  speed_kmh: z.number().min(1).max(255).optional(),
  line: z.array(point),
  from_node: text(1),
  to_node: text(1),
  left: numbers.optional(),
  right: numbers.optional(),
  area: text(1).optional(),
})
const place = z.strictObject({ place: z.strictObject({ name: text(1), kind: text(1), at: point }) })
const house = z.strictObject({
  house: z.strictObject({
    number: z.string().regex(/^\d/).max(20),
    street: text(1),
    area: text(1).optional(),
    at: point,
  }),
})

function readLine(json: string, where: string): RoadItem {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new RoadFileFault(`${where}: not JSON.`)
  }
  const has = (key: string) => typeof value === 'object' && value !== null && key in value
  const form = has('place') ? place : has('house') ? house : segment
  const read = form.safeParse(value)
  if (!read.success) {
    const { path, message } = read.error.issues[0] as z.core.$ZodIssue
    throw new RoadFileFault(`${where}: ${path.join('.') || 'the line'}: ${message}.`)
  }
  if ('place' in read.data || 'house' in read.data) return read.data
  const fault = lineFault(read.data.line)
  if (fault) throw new RoadFileFault(`${where}: ${fault}.`)
  return { segment: read.data }
}

/**
 * Our own format, `.streets.ndjson`, packed or not: each line a Segment, {"place": NamedPlace} or
 * {"house": House}.
 */
export async function* readNdjson(path: string): AsyncGenerator<RoadItem> {
  const name = basename(path)
  let rest = ''
  let line = 0
  for await (const piece of readText(path)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() as string
    for (const one of lines) {
      line += 1
      if (one.trim() !== '') yield readLine(one, `${name}, line ${line}`)
    }
    if (rest.length > lineLength) throw new RoadFileFault(`${name}, line ${line + 1}: the line is too long.`)
  }
  if (rest.trim() !== '') yield readLine(rest, `${name}, line ${line + 1}`)
}
