import { z } from 'zod'
import { optionalNumber, optionalText, requiredText } from '../model/text.ts'
import { operation } from '../operation.ts'
import { callWriters } from '../roles.ts'

/** What an address was found as; `position` is what was asked for by its coordinates. */
export const addressKinds = ['address', 'block', 'intersection', 'street', 'place', 'position'] as const
export const addressSources = ['gazetteer', 'photon', 'nominatim', 'pelias', 'coordinates'] as const

/** A place found by words or by its position. */
export const foundAddress = z
  .object({
    /** For people, such as 341 Harbour Street. */
    label: z.string(),
    kind: z.enum(addressKinds),
    latitude: z.number(),
    longitude: z.number(),
    /** From 0 to 1: how sure it is that this is what was meant. */
    confidence: z.number().min(0).max(1),
    /** How far off, in metres, the place may well be. */
    accuracy_m: z.number().int(),
    source: z.enum(addressSources),
    /** What to know before it is used, such as a house number that is on no street; null when nothing. */
    note: z.string().nullable(),
  })
  .meta({ id: 'FoundAddress' })
export type FoundAddress = z.output<typeof foundAddress>

const reply = z.object({
  results: z.array(foundAddress),
  /** Why the outside service did not answer and the gazetteer did; null when nothing failed. */
  fallback: z.string().nullable(),
})
export type FoundAddresses = z.output<typeof reply>

const pair = /^\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*,\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*$/

const near = optionalText(60).transform((text, ctx) => {
  if (text === undefined) return undefined
  const [latitude, longitude] = (pair.exec(text) ?? []).slice(1).map(Number)
  if (latitude === undefined || longitude === undefined) {
    ctx.addIssue('Must be latitude,longitude in degrees.')
    return z.NEVER
  }
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    ctx.addIssue('Must be a place on the earth: latitude to 90, longitude to 180 degrees.')
    return z.NEVER
  }
  return { latitude, longitude }
})

const degrees = (most: number) =>
  optionalNumber(-most, most).transform((value, ctx) => {
    if (value !== undefined) return value
    ctx.addIssue('This field is required.')
    return z.NEVER
  })

const way = ['invalid', 'not_authenticated', 'forbidden'] as const

export const findAddresses = operation({
  method: 'GET',
  path: '/api/addresses/',
  group: 'Places',
  summary: 'Find an address by what was typed or said',
  description:
    'Understands number and street, two streets that cross, a block, a place, and latitude,longitude; also ' +
    'as callers say them. Best first; `near` prefers what is near it. Nothing found is an empty list: the ' +
    'words stay and a person sets a pin.',
  who: callWriters,
  query: z.strictObject({
    search: requiredText(200),
    near,
    limit: optionalNumber(1, 20, true).transform((limit) => limit ?? 5),
  }),
  replies: { 200: reply },
  refusals: way,
})

export const findAddressAt = operation({
  method: 'GET',
  path: '/api/addresses/reverse/',
  group: 'Places',
  summary: 'Find the address at a position',
  description: 'At most one, within 500 m; `accuracy_m` includes how far the street is from the position.',
  who: callWriters,
  query: z.strictObject({
    latitude: degrees(90),
    longitude: degrees(180),
  }),
  replies: { 200: reply },
  refusals: way,
})
