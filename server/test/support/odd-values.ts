import fc from 'fast-check'

const { oneof } = fc

/** Percent-encodes anything; halves of surrogate pairs become bytes that are no UTF-8. */
export const percent = (value: string) =>
  Array.from(Buffer.from(value.isWellFormed() ? value : `${value}\udfff`, 'utf8'), (byte) =>
    /[\w.-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).padStart(2, '0')}`,
  ).join('')

const attacks = [
  "'; DROP TABLE calls; --",
  "' OR '1'='1",
  '$1 || pg_sleep(10)',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '=cmd|calc',
  '../../etc/passwd',
  '%00%0a',
  '\\',
  "\\'",
  'a\r\nset-cookie: x=1',
  '\u202e\u0000\ufeff',
  '\ud800',
  'x\udfffy',
  '👩‍👩‍👧‍👦',
  'null',
  'undefined',
  'NaN',
  '-Infinity',
  '__proto__',
] as const
export const moments = [
  '0000-01-01',
  '0001-01-01T00:00:00Z',
  '0099-12-31',
  '9999-12-31T23:59:59.999999999-23:59',
  '0000-01-01T00:00:00+23:59',
  '2026-02-30',
  '2026-11-21T24:00:00Z',
  '2026-11-21 07:00',
  'infinity',
  'now',
  '+010000-01-01T00:00:00Z',
] as const
export const amounts = [
  '-1',
  '1e400',
  '-1e400',
  '1e308',
  '5e-324',
  '-0',
  '0.1e-7',
  '9007199254740993',
  '9223372036854775808',
  '2147483648',
  '123456789012345678901234567890',
] as const

const character = fc.string({ unit: 'binary', maxLength: 30 })
/** UTF-16 units of any kind: halves of surrogate pairs too. */
const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
const broken = units.map((codes) => String.fromCharCode(...codes))
const long = fc
  .tuple(fc.constantFrom('a', 'Ω', '👍', '\n', '"', ' '), fc.integer({ min: 90, max: 25_000 }))
  .map(([text, times]) => text.repeat(times))
export const text = oneof(
  { weight: 6, arbitrary: character },
  { weight: 3, arbitrary: broken },
  { weight: 4, arbitrary: fc.constantFrom(...attacks) },
  { weight: 3, arbitrary: fc.constantFrom(...moments) },
  { weight: 1, arbitrary: long },
)
export const word = fc.constantFrom(
  'MEDICAL',
  'completed',
  'Active',
  'HIGH',
  'CALLER',
  'system',
  'AI',
  '+15550100',
)

const deep = fc
  .tuple(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom('[', '{"a":'))
  .map(([levels, open]) => `${open.repeat(levels)}1${(open === '[' ? ']' : '}').repeat(levels)}`)
/** JSON text of some value; numbers as no JavaScript program would write them. */
export const jsonValue = oneof(
  { weight: 8, arbitrary: text.map((value) => JSON.stringify(value)) },
  { weight: 6, arbitrary: word.map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: fc.constantFrom(...amounts) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  { weight: 2, arbitrary: fc.constantFrom('null', 'true', 'false', '0', '1', '{}', '[]', '""') },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: deep },
)
