import { type OperationId, operations } from '@toneout/contract/operations/all.ts'
import fc from 'fast-check'
import { amounts, jsonValue, moments, percent, text, word } from './odd-values.ts'

/** A request as bytes on the wire; `op` is the operation it is aimed at. */
export type OddRequest = {
  op: OperationId
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer | undefined
}

const { constant, oneof } = fc

const names = [
  ...['call_sid', 'caller_number', 'location', 'latitude', 'longitude', 'emergency_type', 'category'],
  ...['incident_number', 'priority_level', 'status', 'created_at', 'answered_at', 'completed_at'],
  ...['duration_seconds', 'escalated_to_911', 'units_dispatched', 'language', 'answered_by', 'speaker'],
  ...['message', 'sequence', 'spoken_at', 'confidence', 'is_final', 'username', 'password', 'refresh'],
  ...['__proto__', 'constructor', 'toString', 'id', 'detail', 'code', 'request_id'],
] as const
const name = oneof({ weight: 12, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text })
const quoted = (value: string) => JSON.stringify(value)

export const sids = ['odd-1', 'odd-2', 'odd-3', 'odd-4'] as const
const usual = oneof(
  constant([['caller_number', quoted('+15550100')]]),
  constant([
    ['speaker', quoted('CALLER')],
    ['message', quoted('help')],
  ]),
  constant([
    ['username', quoted('somebody')],
    ['password', quoted('wrong')],
  ]),
  fc.constantFrom(...sids).map((sid) => [
    ['call_sid', quoted(sid)],
    ['caller_number', quoted('1')],
  ]),
  constant([]),
)
/** An object with a part that is right, so that the wrong parts are reached; names may come twice. */
const members = fc
  .tuple(usual, fc.array(fc.tuple(name, jsonValue), { maxLength: 4 }))
  .map(
    ([right, odd]) => `{${[...right, ...odd].map(([key, value]) => `${quoted(key ?? '')}:${value}`).join()}}`,
  )
const json = oneof(
  {
    weight: 6,
    arbitrary: usual.map(
      (right) => `{${right.map(([key, value]) => `${quoted(key ?? '')}:${value}`).join()}}`,
    ),
  },
  { weight: 14, arbitrary: members },
  { weight: 2, arbitrary: jsonValue },
  { weight: 1, arbitrary: fc.tuple(members, fc.nat(60)).map(([whole, cut]) => whole.slice(0, cut)) },
  { weight: 1, arbitrary: members.map((whole) => `\ufeff${whole}`) },
)
const form = fc
  .array(fc.tuple(name, oneof(text, word)), { maxLength: 6 })
  .map((pairs) => pairs.map(([key, value]) => `${percent(key)}=${percent(value)}`).join('&'))

const body = oneof(
  { weight: 12, arbitrary: json.map((value) => Buffer.from(value)) },
  { weight: 3, arbitrary: form.map((value) => Buffer.from(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 255 * 1_024, max: 270 * 1_024 })
      .map((size) => Buffer.from(`{"call_sid":"odd-1","caller_number":"${'1'.repeat(size)}"}`)),
  },
)
const types = [
  'application/json; charset=utf-8',
  'application/json;charset=latin1',
  'APPLICATION/JSON',
  'application/jsonx',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/html',
  ';',
  'a/b; c="',
  '',
]
const type = oneof(
  { weight: 8, arbitrary: constant('application/json') },
  { weight: 4, arbitrary: fc.constantFrom(...types) },
)

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

const ids = Object.keys(operations) as OperationId[]

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
  const odd = fc.option(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), { freq: 20 })
  return fc.record({ ...parts, odd, address: fc.nat(0xffffff) }).map((one) => {
    const { method, path } = operations[one.op]
    const filled = path.replace('{call_sid}', () => one.sid).replace('{id}', () => one.rowId)
    const trimmed = one.slash ? filled : filled.replace(/\/$/, '')
    const sent = one.odd ?? method
    const withBody = sent !== 'GET' && sent !== 'OPTIONS'
    const from = `10.${one.address >> 16}.${(one.address >> 8) & 255}.${one.address & 255}`
    return {
      op: one.op,
      method: sent,
      path: one.query === '' ? trimmed : `${trimmed}?${one.query}`,
      headers: {
        'x-forwarded-for': from,
        ...one.more,
        ...one.credential,
        ...(withBody ? { 'content-type': one.type } : {}),
      },
      body: withBody ? one.body : undefined,
    }
  })
}
