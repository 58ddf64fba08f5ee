/** Kinds of columns: milliseconds and ids, small numbers, degrees. */
const arrays = { i32: Int32Array, u8: Uint8Array, f64: Float64Array } as const
type Kind = keyof typeof arrays
type Columns = Readonly<Record<string, Kind>>

/**
 * The columns of a day. Times are milliseconds since its beginning in UTC; `wide` holds those that do not fit
 * (see `keep`). `kind` is 0 for no incident, else 1 + priority + 8 * type of emergency.
 */
export const layout = {
  incidents: {
    ...{ received: 'i32', known: 'i32', answered: 'i32', assigned: 'i32', closed: 'i32' },
    /** The index behind its last run; its first is where the incident before it ends. */
    ...{ runs_end: 'i32', kind: 'u8', flags: 'u8', wide: 'f64' },
  },
  runs: {
    ...{ unit: 'i32', hospital: 'i32', assigned: 'i32', en_route: 'i32', there: 'i32', left: 'i32' },
    ...{ arrived: 'i32', cleared: 'i32', ended: 'i32', flags: 'u8', wide: 'f64' },
  },
  calls: {
    ...{ created: 'i32', answered: 'i32', located: 'i32', units_end: 'i32', kind: 'u8', by: 'u8' },
    /** The units that were sent to the incident of each call. */
    ...{ units: 'i32', wide: 'f64' },
  },
  points: {
    ...{ incident_latitude: 'f64', incident_longitude: 'f64' },
    ...{ call_latitude: 'f64', call_longitude: 'f64' },
  },
} as const satisfies Record<string, Columns>

export type PartName = keyof typeof layout
export const partNames = Object.keys(layout) as PartName[]
type Arrays = { i32: Int32Array; u8: Uint8Array; f64: Float64Array }
export type Part<P extends PartName> = {
  readonly [C in keyof (typeof layout)[P]]: (typeof layout)[P][C] extends Kind
    ? Arrays[(typeof layout)[P][C]]
    : never
}

export const flags = {
  merged: 1,
  beganByCall: 2,
  imported: 1,
  transported: 2,
  handedOver: 4,
  lost: 8,
} as const
/** Who answered, as `by` says it. */
export const answerers = ['AI', 'AI_THEN_HUMAN', 'HUMAN'] as const

export const kindOf = (priority: number, type: number) => 1 + priority + 8 * type
export const priorityOf = (kind: number) => (kind - 1) & 7
export const typeOf = (kind: number) => (kind - 1) >> 3

/** Stands for a time that is missing. */
export const none = -2_147_483_648
/** Below this, a number says where in `wide` its value is. */
const narrow = none + 1_000_000

/** A time as its column holds it. One of 24 days or more from the day's beginning goes to `wide`. */
export function keep(ms: number | null, wide: number[]): number {
  if (ms === null) return none
  if (ms > narrow && ms < -narrow) return ms
  wide.push(ms)
  return none + wide.length
}

/** What `keep` kept; NaN for a time that is missing. */
export function timeAt(kept: number, wide: Float64Array): number {
  if (kept > narrow) return kept
  return kept === none ? Number.NaN : (wide[kept - none - 1] as number)
}

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8
type Plain = Readonly<Record<string, ArrayLike<number>>>

/** Lengths of the columns, then the columns, each beginning at a multiple of eight bytes. */
export function encodePart(part: PartName, columns: Plain): Buffer {
  const names = Object.entries(layout[part]) as [string, Kind][]
  const lengths = Uint32Array.from(names, ([name]) => columns[name]?.length ?? 0)
  let size = aligned(lengths.byteLength)
  const places = names.map(([, kind], at) => {
    const offset = size
    size += aligned((lengths[at] ?? 0) * arrays[kind].BYTES_PER_ELEMENT)
    return offset
  })
  const bytes = new ArrayBuffer(size)
  new Uint32Array(bytes, 0, lengths.length).set(lengths)
  names.forEach(([name, kind], at) => {
    new arrays[kind](bytes, places[at], lengths[at]).set(columns[name] ?? [])
  })
  return Buffer.from(bytes)
}

/** The columns as views of the bytes, of which it takes a copy. */
export function decodePart<P extends PartName>(part: P, given: Uint8Array): Part<P> {
  const bytes = new Uint8Array(given).buffer
  const names = Object.entries(layout[part]) as [string, Kind][]
  const lengths = new Uint32Array(bytes, 0, names.length)
  let offset = aligned(lengths.byteLength)
  const views = names.map(([name, kind], at) => {
    const view = new arrays[kind](bytes, offset, lengths[at])
    offset += aligned(view.byteLength)
    return [name, view] as const
  })
  return Object.fromEntries(views) as Part<P>
}
