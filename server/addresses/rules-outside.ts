import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { isPosition, type Position } from '../lib/geo.ts'
import { plainWords, toStreetName } from './rules-words.ts'

export const geocoderKinds = ['photon', 'nominatim', 'pelias'] as const
export type GeocoderKind = (typeof geocoderKinds)[number]

type Asked = { text: string; near?: Position; limit: number }

const query = (values: Record<string, string | number | undefined>) =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString()

/** A box of about 20 km around a place: Nominatim prefers what is inside. West, north, east, south. */
const viewbox = ({ latitude, longitude }: Position) =>
  [longitude - 0.1, latitude + 0.1, longitude + 0.1, latitude - 0.1].map((one) => one.toFixed(4)).join(',')

/** Path and query below the service's address (photon.komoot.io, nominatim.org and pelias.io: "API"). */
export function searchPath(kind: GeocoderKind, { text, near, limit }: Asked): string {
  if (kind === 'photon') {
    return `/api?${query({ q: text, limit, lat: near?.latitude, lon: near?.longitude })}`
  }
  if (kind === 'nominatim') {
    const bias = near && viewbox(near)
    return `/search?${query({ q: text, format: 'jsonv2', addressdetails: 1, limit, viewbox: bias })}`
  }
  const focus = { 'focus.point.lat': near?.latitude, 'focus.point.lon': near?.longitude }
  return `/v1/search?${query({ text, size: limit, ...focus })}`
}

export function reversePath(kind: GeocoderKind, { latitude, longitude }: Position): string {
  if (kind === 'photon') return `/reverse?${query({ lat: latitude, lon: longitude, limit: 1 })}`
  if (kind === 'nominatim') {
    return `/reverse?${query({ lat: latitude, lon: longitude, format: 'jsonv2', addressdetails: 1 })}`
  }
  return `/v1/reverse?${query({ 'point.lat': latitude, 'point.lon': longitude, size: 1 })}`
}

type Told = Pick<FoundAddress, 'label' | 'kind'> & Position & { accuracy_m: number; sure: number }
type Row = Record<string, unknown>

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const rowOf = (value: unknown): Row => (isRow(value) ? value : {})
const textOf = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 300) : '')
const joined = (parts: readonly unknown[], between: string) =>
  [...new Set(parts.map(textOf).filter(Boolean))].join(between)

const accuracy = { address: 20, block: 100, intersection: 20, street: 300, place: 100, position: 10 } as const

const found = (label: string, kind: FoundAddress['kind'], place: Position, sure = 1): Told[] =>
  label !== '' && isPosition(place) ? [{ label, kind, ...place, sure, accuracy_m: accuracy[kind] }] : []

/** Features of GeoJSON with their point; anything else is left out. */
function features(body: unknown): { properties: Row; place: Position }[] {
  const list = rowOf(body).features
  return (Array.isArray(list) ? list : []).flatMap((one) => {
    const { properties, geometry } = rowOf(one)
    const point = rowOf(geometry).coordinates
    const [longitude, latitude] = Array.isArray(point) ? point.map(Number) : []
    return isRow(properties) && latitude !== undefined && longitude !== undefined
      ? [{ properties, place: { latitude, longitude } }]
      : []
  })
}

function readPhoton(body: unknown): Told[] {
  return features(body).flatMap(({ properties: of, place }) => {
    const house = joined([of.housenumber, of.street], ' ')
    const isHouse = textOf(of.housenumber) !== ''
    const kind = isHouse ? 'address' : of.type === 'street' ? 'street' : 'place'
    return found(joined([of.name, house, of.city ?? of.county], ', '), kind, place)
  })
}

function readNominatim(body: unknown): Told[] {
  const list = Array.isArray(body) ? body : [body]
  return list.map(rowOf).flatMap((one) => {
    const { house_number } = rowOf(one.address)
    const kind = textOf(house_number) !== '' ? 'address' : one.category === 'highway' ? 'street' : 'place'
    // Both are texts.
    const place = { latitude: Number(one.lat ?? Number.NaN), longitude: Number(one.lon ?? Number.NaN) }
    return found(textOf(one.display_name), kind, place)
  })
}

const peliasKinds: Readonly<Record<string, FoundAddress['kind']>> = {
  address: 'address',
  street: 'street',
  intersection: 'intersection',
}

function readPelias(body: unknown): Told[] {
  return features(body).flatMap(({ properties: of, place }) => {
    const sure = typeof of.confidence === 'number' ? Math.min(1, Math.max(0, of.confidence)) : 1
    return found(textOf(of.label), peliasKinds[textOf(of.layer)] ?? 'place', place, sure)
  })
}

const readers = { photon: readPhoton, nominatim: readNominatim, pelias: readPelias } as const

/** Street types are spelled in many ways, so they are compared in one. */
const compared = (text: string) => {
  return text.split(',').flatMap((part) => {
    const { words, type, direction } = toStreetName(plainWords(part))
    return [...words, type, direction].filter(Boolean)
  })
}

/** These services do not say how sure they are, or each in its own way: what share of the words came back. */
function shareFound(asked: string, label: string): number {
  const words = compared(asked)
  const told = new Set(compared(label))
  return words.length === 0 ? 1 : words.filter((word) => told.has(word)).length / words.length
}

/** Nothing from outside is as sure as a number within a street's own numbers. */
const surest = 0.9

/** The service's reply -> at most `limit` places; `asked` is undefined when it was asked by position. */
export function readReply(kind: GeocoderKind, body: unknown, asked: string | undefined, limit: number) {
  return readers[kind](body)
    .slice(0, limit)
    .map(({ sure, ...told }): FoundAddress => {
      const share = asked === undefined ? 1 : shareFound(asked, told.label)
      const confidence = Number((surest * Math.min(sure, share)).toFixed(2))
      return { ...told, confidence, source: kind, note: null }
    })
}
