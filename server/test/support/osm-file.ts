import { deflateSync } from 'node:zlib'

type Tags = Readonly<Record<string, string>>
export type OsmFileNode = { id: number; at: readonly [number, number]; tags?: Tags }
export type OsmFileWay = { id: number; refs: readonly number[]; tags?: Tags }

/** Protocol Buffers' encoding (protobuf.dev, Encoding), as far as an .osm.pbf needs it. */
function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80)
  return [...bytes, rest]
}
const zigzag = (value: number) => varint(value < 0 ? -value * 2 - 1 : value * 2)
const text = (word: string) => [...Buffer.from(word)]
const field = (number: number, bytes: readonly number[]) => [
  ...varint(number * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
]
const whole = (number: number, value: number) => [...varint(number * 8), ...varint(value)]
const packed = (number: number, values: readonly number[], encode = varint) =>
  field(
    number,
    values.flatMap((one) => encode(one)),
  )
const deltas = (values: readonly number[]) => values.map((one, at) => one - (values[at - 1] ?? 0))

function frame(kind: string, content: readonly number[]): number[] {
  const blob = [...whole(2, content.length), ...field(3, [...deflateSync(Uint8Array.from(content))])]
  const header = [...field(1, text(kind)), ...whole(3, blob.length)]
  return [0, 0, 0, header.length, ...header, ...blob]
}

/** A whole .osm.pbf (OSM wiki, PBF Format) of these nodes and ways; places as [longitude, latitude]. */
export function osmFile(nodes: readonly OsmFileNode[], ways: readonly OsmFileWay[]): Buffer {
  const strings = ['']
  const number = (word: string) => {
    if (!strings.includes(word)) strings.push(word)
    return strings.indexOf(word)
  }
  const tagged = ({ tags = {} }: { tags?: Tags }) =>
    Object.entries(tags).map(([k, v]) => [number(k), number(v)] as const)
  const units = (at: 0 | 1) => deltas(nodes.map((one) => Math.round(one.at[at] * 1e7)))
  const dense = [
    ...packed(1, deltas(nodes.map(({ id }) => id)), zigzag),
    ...packed(8, units(1), zigzag),
    ...packed(9, units(0), zigzag),
    ...packed(
      10,
      nodes.flatMap((one) => [...tagged(one).flat(), 0]),
    ),
  ]
  const written = ways.map((one) => {
    const tags = tagged(one)
    const keys = [
      ...packed(
        2,
        tags.map(([key]) => key),
      ),
      ...packed(
        3,
        tags.map(([, value]) => value),
      ),
    ]
    return field(3, [...whole(1, one.id), ...keys, ...packed(8, deltas(one.refs), zigzag)])
  })
  const groups = [field(2, field(2, dense)), ...written.map((way) => field(2, way))].flat()
  const table = field(
    1,
    strings.flatMap((word) => field(1, text(word))),
  )
  return Buffer.from([...frame('OSMHeader', []), ...frame('OSMData', [...table, ...groups])])
}
