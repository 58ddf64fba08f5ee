import fc from 'fast-check'
import { jsonValue, percent, text, word } from './odd-values.ts'

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

export const body = oneof(
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
export const type = oneof(
  { weight: 8, arbitrary: constant('application/json') },
  { weight: 4, arbitrary: fc.constantFrom(...types) },
)
