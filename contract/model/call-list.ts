import { z } from 'zod'
import { call, callStatuses } from './call.ts'
import { looksUp } from './caller-number.ts'
import { nameText, plainText, rowNumber } from './field.ts'
import { instant, requiredText, requiredWord, rowId } from './text.ts'

/** Whether somebody must look at a call again, or has. */
export const reviews = ['NEEDED', 'DONE'] as const
export type Review = (typeof reviews)[number]

const seconds = z.number().min(0).nullable()

/** What a list tells of a call beside the call itself. */
export const listedMore = z.object({
  /** In the order of the alphabet. */
  tags: z.array(z.string()),
  review: z.enum(reviews).nullable(),
  /** Username of who is asked to look at it again, or has. */
  reviewer: z.string().nullable(),
  /** Whether its incident waited longer than the targets say; null while that is not judged. */
  over_target: z.boolean().nullable(),
  /** Of the incident here, such as I-26-000123; null while there is none. */
  incident: z.string().nullable(),
  /** Numbers of the units that were sent, in that order; 20 at most. */
  units: z.array(z.string()),
  /** From the ring until the first unit was sent. */
  seconds_to_dispatch: seconds,
  /** From the ring until the first unit was on scene. */
  seconds_to_scene: seconds,
  /** Of the two, what was later than the targets say for its priority. */
  late: z.array(z.enum(['dispatch', 'scene'])),
  /** What was said with the words of `search` in it, a part of it where it is long; null for none. */
  hit: z.string().nullable(),
})
export type ListedMore = z.output<typeof listedMore>

/** A call in a list; what is beside the call is there where `more` was asked for. */
export const listedCall = call.extend(listedMore.partial().shape).meta({ id: 'ListedCall' })
export type ListedCall = z.output<typeof listedCall>

/** Columns of an export that stand behind those of a call, and are in it when they are named. */
export const moreColumns = (Object.keys(listedMore.shape) as (keyof ListedMore)[]).filter(
  (name) => name !== 'hit' && name !== 'late',
)

const counts = z.array(z.object({ value: z.string(), count: rowId }))

/** How many calls there would be with each value of a filter, all other filters as they are. */
export const callFacets = z
  .object({
    /** Whether all calls were counted; else the newest ones only, `counted` of them. */
    exact: z.boolean(),
    counted: rowId,
    status: counts,
    emergency_type: counts,
    priority_level: counts,
    answered_by: counts,
    lost_contact: counts,
    review: counts,
    over_target: counts,
    /** Calls received since each of the given instants; up to 10,000 they are exact. */
    received: z.array(z.object({ since: instant, count: rowId, exact: z.boolean() })),
  })
  .meta({ id: 'CallFacets' })
export type CallFacets = z.output<typeof callFacets>

/** Calls whose rows can be named in one query. */
const mostIds = 1_000
const idsError = `Must be up to ${mostIds} ids with commas between them.`
export const callIds = z.preprocess(
  (value) => (typeof value === 'string' && value !== '' ? value.split(',').map(Number) : undefined),
  z
    .array(z.number({ error: idsError }).int(idsError).min(1, idsError), { error: idsError })
    .max(mostIds, idsError)
    .meta({ description: 'With commas between them.' })
    .optional(),
)

/** Calls that are changed at once at most. */
export const mostChanged = 200
export const mostTags = 20

const tag = nameText(40).regex(
  /^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u,
  'Letters, digits, space . _ / and - only.',
)
const tags = z
  .array(tag, { error: 'Must be a list of texts.' })
  .max(mostTags, `Must be at most ${mostTags} texts.`)

/** Body of POST /api/call-changes/. What is left out stays as it is. */
export const callChanges = z
  .strictObject({
    call_sids: z
      .array(requiredText(100), { error: 'Must be a list of call_sid.' })
      .min(1, 'Must name at least 1 call.')
      .max(mostChanged, `Must name at most ${mostChanged} calls.`),
    status: requiredWord(callStatuses).optional(),
    /** null takes the review back. */
    review: requiredWord(reviews).nullable().optional(),
    /** Id of a person; null for nobody. */
    reviewer_id: rowNumber().nullable().optional(),
    add_tags: tags.optional(),
    remove_tags: tags.optional(),
  })
  .meta({ id: 'CallChanges' })
export type CallChanges = z.output<typeof callChanges>

export const callsChanged = z
  .object({
    /** Those that are now as they were to be, changed or not. */
    changed: z.array(z.string()),
    refused: z.array(z.object({ call_sid: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'CallsChanged' })
export type CallsChanged = z.output<typeof callsChanged>

/** Filters, ordering and columns of a list under a name. */
export const savedView = z
  .object({
    id: rowId,
    name: z.string(),
    /** The query of the page's address. */
    query: z.string(),
    shared: z.boolean(),
    /** Username. */
    owner: z.string(),
    /** Whether who asks keeps it. */
    own: z.boolean(),
    created_at: instant,
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.output<typeof savedView>

/** Views that one person keeps at most. */
export const mostViews = 50

const isNumber = (name: string, value: string) =>
  name === 'caller_number'
    ? value !== '' && looksUp(value) !== 'withheld'
    : name === 'search' && looksUp(value) === 'number'

/** Numbers are sealed, and looked for on the record: a view would keep one as it is, and show it. */
const keepsNoNumber = (query: string) =>
  ![...new URLSearchParams(query)].some(([name, value]) => isNumber(name, value))

export const viewSaving = z
  .strictObject({
    name: nameText(40),
    query: plainText(2_000).refine(keepsNoNumber, "Must not hold a caller's number."),
    shared: z.boolean({ error: 'Must be true or false.' }).default(false),
  })
  .meta({ id: 'ViewSaving' })
export type ViewSaving = z.output<typeof viewSaving>

/** Which columns somebody wants to see; empty for those of everybody. */
export const chosenColumns = z
  .strictObject({
    columns: z
      .array(nameText(40), { error: 'Must be a list of texts.' })
      .max(50, 'Must be at most 50 texts.'),
  })
  .meta({ id: 'ChosenColumns' })
