import { type OperationId, operations } from '@toneout/contract/operations/all.ts'
import fc from 'fast-check'
import { body, sids, type } from './odd-bodies.ts'
import { amounts, moments, percent, text, word } from './odd-values.ts'

/** A request as bytes on the wire; `op` is the operation it is aimed at. */
export type OddRequest = {
  op: OperationId
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer | undefined
}

const { constant, oneof } = fc

const rawPart = fc.constantFrom(
  '%00',
  '%2F..%2F',
  '%zz',
  '%',
  '..',
  '.',
  '%ff',
  '%ed%a0%80',
  '\xe9',
  ';a=b',
  '%20',
)
const sid = oneof(
  { weight: 8, arbitrary: fc.constantFrom(...sids) },
  { weight: 3, arbitrary: rawPart },
  { weight: 4, arbitrary: text.map((value) => percent(value).slice(0, 4_000)) },
)
const rowId = oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 300 }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom(...amounts, '0x1f', '1.5', '%31', '', 'me') },
  { weight: 1, arbitrary: sid },
)

const asked = [
  ...[
    'status',
    'emergency_type',
    'priority_level',
    'created_after',
    'created_before',
    'caller_number',
    'after',
  ],
  ...[
    'answered_by',
    'lost_contact',
    'search',
    'ordering',
    'page_size',
    'cursor',
    '__proto__',
    'status[]',
    '',
  ],
]
/** Cursors of the right shape with parts nobody gave. */
const forged = fc
  .tuple(
    fc.constantFrom('-created_at', 'created_at', 'priority_level', 'completed_at'),
    oneof(
      fc.constantFrom('infinity', '0000000000', '9', '2026-11-21 07:00:00+00', '----------', ...moments),
      text,
    ),
    oneof(fc.integer(), fc.double(), constant(Number.MAX_SAFE_INTEGER)),
    fc.constantFrom('f', 'b'),
  )
  .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))
const numbers = fc
  .tuple(fc.maxSafeInteger(), fc.maxSafeInteger())
  .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))
const queryValue = oneof(
  { weight: 5, arbitrary: text.map(percent) },
  { weight: 3, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom(...moments, ...amounts).map(percent) },
  { weight: 3, arbitrary: oneof(forged, numbers) },
  { weight: 1, arbitrary: rawPart },
)
const query = fc
  .array(fc.tuple(fc.constantFrom(...asked), queryValue), { maxLength: 3 })
  .map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&'))

/** One filter of the list that there is, so that its value is looked at. */
const filter = fc
  .tuple(fc.constantFrom('search', 'created_after', 'created_before', 'caller_number', 'cursor'), queryValue)
  .map(([key, value]) => `${key}=${value}`)

/** What Node's client agrees to send in a header; control characters it refuses itself. */
const headerText = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes.filter((code) => code !== 0x7f)))
const header = oneof(headerText, fc.constantFrom(...amounts, 'key-1', 'key-2', '', 'k'.repeat(201), 'null'))
const more = fc.record(
  {
    'idempotency-key': header,
    'last-event-id': header,
    'x-request-id': header,
    cookie: header.map((value) => `toneout_session=${value}`),
    accept: header,
    origin: header,
    'content-encoding': fc.constantFrom('gzip', 'br', 'x'),
    'x-forwarded-for': header,
    'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'x'),
  },
  { requiredKeys: [] },
)

/** Calls and their words are most of the surface, so they come more often. */
const ids = (Object.keys(operations) as OperationId[]).flatMap((id) =>
  operations[id].group === 'Calls' ? [id, id, id] : [id],
)

/** Bodies that an operation takes, but for what odd text its fields hold. */
const right: Partial<Record<OperationId, (text: string, sid: string) => object>> = {
  openCall: (text, sid) => ({ call_sid: sid, caller_number: text, location: text }),
  putCall: (text) => ({ location: text, category: text.slice(0, 40) }),
  patchCall: (text) => ({ incident_number: text.slice(0, 20), language: text.slice(0, 9) }),
  addInteraction: (text) => ({ speaker: 'caller', message: text, language: 'en' }),
  reviseInteraction: (text) => ({ message: text, is_final: false }),
}

/** `credentials`: the headers to be let in with; some requests come with none or with nonsense. */
export function oddRequest(credentials: readonly Record<string, string>[]): fc.Arbitrary<OddRequest> {
  const credential = oneof(
    { weight: 12, arbitrary: fc.constantFrom(...credentials) },
    { weight: 1, arbitrary: header.map((value) => ({ authorization: value })) },
    { weight: 1, arbitrary: header.map((value) => ({ authorization: `Bearer eyJ${value}.a.b` })) },
    { weight: 1, arbitrary: header.map((value) => ({ 'x-api-key': value })) },
  )
  const parts = {
    op: fc.constantFrom(...ids),
    sid,
    rowId,
    query,
    type,
    body,
    more,
    credential,
    slash: fc.boolean(),
  }
  const odd = oneof(
    { weight: 20, arbitrary: constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
  )
  return fc.record({ ...parts, odd, text, filter, fits: fc.nat(2), address: fc.nat(0xffffff) }).map((one) => {
    const { method, path } = operations[one.op]
    const filled = path.replace('{call_sid}', () => one.sid).replace('{id}', () => one.rowId)
    const trimmed = one.slash ? filled : filled.replace(/\/$/, '')
    const sent = one.odd ?? method
    const withBody = sent !== 'GET' && sent !== 'OPTIONS'
    const search = one.op === 'listCalls' && one.fits === 0 ? one.filter : one.query
    const good = one.fits === 0 ? right[one.op]?.(one.text, one.sid) : undefined
    const from = `10.${one.address >> 16}.${(one.address >> 8) & 255}.${one.address & 255}`
    return {
      op: one.op,
      method: sent,
      path: search === '' ? trimmed : `${trimmed}?${search}`,
      headers: {
        'x-forwarded-for': from,
        ...one.more,
        ...one.credential,
        ...(withBody ? { 'content-type': good ? 'application/json' : one.type } : {}),
      },
      body: withBody ? (good ? Buffer.from(JSON.stringify(good)) : one.body) : undefined,
    }
  })
}
