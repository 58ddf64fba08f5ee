import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AlarmKind } from '@toneout/contract/model/alarm.ts'
import { notices, personChannels } from '@toneout/contract/model/message.ts'
import { nextStage, type Told } from './rules-alarms.ts'
import { defaultAlarmTimes, defaultRules } from './rules-defaults.ts'
import { patientLine } from './rules-patient.ts'
import { channelsFor, noticeOf, type Recipient } from './rules-people.ts'
import { judge, type Outcome, pauseAfter, readRetryAfter } from './rules-retry.ts'
import { isPublicAddress } from './rules-webhook.ts'
import { sample, withoutNumbers, wordsFor } from './rules-words.ts'

const medic = (more: Partial<Recipient> = {}): Recipient => ({
  ...{ id: 1, role: 'paramedic', unit_ids: [5], hospital_id: null, station_id: 2, shift: 'night' },
  ...{ available: true, signed_in: false, duty: 'SIGNED_IN', reaches: ['SCREEN', 'SMS'] },
  ...more,
})
const sent = { unit_id: 5, data: {} }
const about = { priority: 1, emergency_type: 'FIRE', inbound: [] }
const rule = { event: 'DISPATCHED', roles: ['paramedic'], channels: ['SMS'] } as const
const narrow = (more: object) => [{ ...rule, ...more }] as unknown as typeof defaultRules

describe('who is told, and how', () => {
  const cases: [string, Recipient, typeof defaultRules, string[]][] = [
    ['the crew by what it has', medic(), defaultRules, ['SCREEN', 'SMS']],
    ['another crew not', medic({ unit_ids: [6] }), defaultRules, []],
    ['who is not available not', medic({ available: false }), defaultRules, []],
    ['who is never on duty not', medic({ duty: 'NEVER' }), defaultRules, []],
    ['another role not', medic({ role: 'dispatcher', signed_in: true }), defaultRules, []],
    ['by rules of the priority', medic(), narrow({ priorities: [1] }), ['SMS']],
    ['not of another priority', medic(), narrow({ priorities: [2, 3] }), []],
    ['not of another type', medic(), narrow({ emergency_types: ['CARDIAC'] }), []],
    ['by rules of the station', medic(), narrow({ station_ids: [2] }), ['SMS']],
    ['not of another station', medic(), narrow({ station_ids: [3] }), []],
    ['not of another shift', medic(), narrow({ shifts: ['day'] }), []],
    ['by several rules once', medic(), [...defaultRules, ...narrow({})], ['SCREEN', 'SMS']],
  ]
  for (const [name, one, rules, expected] of cases) {
    test(name, () => assert.deepEqual(channelsFor('DISPATCHED', sent, about, one, rules), expected))
  }
  test('desks are on duty while signed in, or on call', () => {
    const told = (more: Partial<Recipient>) =>
      channelsFor('ALARM_SUPERVISOR', sent, about, medic({ role: 'supervisor', ...more }), defaultRules)
        .length
    assert.deepEqual([told({}), told({ signed_in: true }), told({ duty: 'ALWAYS' })], [0, 2, 2])
  })
  test('crews on their way to a hospital that closes', () => {
    const told = (inbound: number[]) =>
      channelsFor('HOSPITAL_DIVERSION', { unit_id: null, data: {} }, { inbound }, medic(), defaultRules)
        .length
    assert.deepEqual([told([5]), told([4])], [2, 0])
  })
})

test('who declined is not stood down', () => {
  assert.equal(noticeOf({ type: 'unit_cancelled', data: { declined: true } }), undefined)
  assert.equal(noticeOf({ type: 'unit_cancelled', data: {} }), 'STOOD_DOWN')
})

const how = { tries: 3, firstMs: 1_000, mostMs: 60_000 }
const times = { now: 0, expires: 600_000 }
const tries: [string, number, Outcome, object][] = [
  ['taken', 1, { done: true }, { state: 'DELIVERED' }],
  ['first', 1, { done: false, fault: 'x' }, { state: 'WAITING', fault: 'x', dueMs: 750 }],
  ['second', 2, { done: false, fault: 'x' }, { state: 'WAITING', fault: 'x', dueMs: 1_500 }],
  ['last', 3, { done: false, fault: 'x' }, { state: 'FAILED', fault: 'x' }],
  ['for good', 1, { done: false, fault: 'x', final: true }, { state: 'FAILED', fault: 'x' }],
  [
    'told to wait',
    1,
    { done: false, fault: 'x', retryAfterMs: 9_000 },
    { state: 'WAITING', fault: 'x', dueMs: 9_000 },
  ],
  [
    'told to wait for ever',
    1,
    { done: false, fault: 'x', retryAfterMs: 1e9 },
    { state: 'WAITING', fault: 'x', dueMs: 60_000 },
  ],
]
for (const [name, attempt, outcome, expected] of tries) {
  test(`a try: ${name}`, () => assert.deepEqual(judge(how, attempt, outcome, times, 0.5), expected))
}
test('what would be tried too late fails', () => {
  const soon = { now: 0, expires: 500 }
  assert.equal(judge(how, 1, { done: false, fault: 'x' }, soon, 0.5).state, 'FAILED')
  assert.deepEqual([readRetryAfter('7', 0), readRetryAfter('soon', 0)], [7_000, undefined])
  assert.ok(pauseAfter.failures > 1)
})

const finding = (value: string) => ({ field: 'age', value, confidence: 1, confirmed_at: null })

describe('words', () => {
  for (const language of ['en', 'es'] as const) {
    test(`every event by every channel: ${language}`, () => {
      for (const event of notices) {
        for (const channel of personChannels) {
          const { title, text } = wordsFor(event, channel, language, sample)
          assert.ok(title.length > 0 && !/undefined|null/.test(title + text), `${event} ${channel}`)
          const empty = wordsFor(event, channel, language, {})
          assert.ok(empty.title.length > 0 && !/undefined|null/.test(empty.title + empty.text), event)
        }
      }
    })
  }
  test('an SMS is two parts at most', () => {
    const { title, text } = wordsFor('DISPATCHED', 'SMS', 'en', { ...sample, place: 'x'.repeat(900) })
    assert.ok(title.length + text.length + 2 <= 306)
  })
  /** Every length of a number in every way to write it, within what people say around it. */
  const lengths = [7, 8, 10, 11, 13, 15]
  const set = ['', ' ', '-', '.', ' - ', '/', ' / ', '_', '·', ':', '–', '‑', '\u00a0', '\u200b', ') (']
  const groupings = [1, 2, 3, 4]
  const scripts = ['0', '\u0660', '\uff10']
  const around = [(n: string) => n, (n: string) => `Pier 4, ring +${n} now`, (n: string) => `tel:(${n})`]
  const spell = (length: number, zero: string) =>
    Array.from({ length }, (_, at) => String.fromCodePoint((zero.codePointAt(0) ?? 48) + (at % 9)))
  for (const length of lengths) {
    test(`no number of ${length} digits leaves by SMS, however it is written`, () => {
      const plain = spell(length, '0').join('')
      for (const zero of scripts) {
        for (const mark of set) {
          for (const size of groupings) {
            const digits = spell(length, zero)
            const written = digits.map((one, at) => (at > 0 && at % size === 0 ? mark + one : one)).join('')
            for (const say of around) {
              const params = { ...sample, place: say(written), patient: patientLine([finding(say(written))]) }
              for (const event of notices) {
                const { title, text } = wordsFor(event, 'SMS', 'es', params)
                const left = `${title} ${text}`.normalize('NFKC').replace(/\P{Nd}/gu, '')
                const western = left.replace(/[٠-٩]/g, (one) => String(one.charCodeAt(0) - 0x660))
                assert.ok(!western.includes(plain.slice(0, 7)), `${event}: ${title} ${text}`)
              }
            }
          }
        }
      }
    })
  }
  test('house numbers stay', () => assert.equal(withoutNumbers('1250 3rd St, 94110'), '1250 3rd St, 94110'))
})

const closed = [
  '10.1.2.3',
  '127.0.0.1',
  '169.254.169.254',
  '192.168.1.1',
  '172.31.0.1',
  '100.64.0.1',
  '0.0.0.0',
]
const closed6 = [
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '2001:db8::1',
  'ff02::1',
]
for (const one of [...closed, ...closed6, '224.0.0.1', '255.255.255.255', 'x']) {
  test(`${one} is private`, () => assert.equal(isPublicAddress(one), false))
}
for (const one of ['8.8.8.8', '172.32.0.1', '2606:4700:4700::1111']) {
  test(`${one} is public`, () => assert.equal(isPublicAddress(one), true))
}

const told = (stage: Told['stage'], isAcknowledged = false): Told => ({ stage, stageAt: 0, isAcknowledged })
const stages: [AlarmKind, number | null, Told | undefined, number, string | undefined][] = [
  ['CREW_SILENT', 1, undefined, 29, undefined],
  ['CREW_SILENT', 1, undefined, 30, 'CREW'],
  ['CREW_SILENT', 1, told('CREW'), 14, undefined],
  ['CREW_SILENT', 1, told('CREW'), 15, 'DESK'],
  ['CREW_SILENT', 1, told('DESK'), 59, undefined],
  ['CREW_SILENT', 1, told('DESK'), 60, 'SUPERVISOR'],
  ['CREW_SILENT', 1, told('DESK', true), 900, undefined],
  ['CREW_SILENT', 1, told('SUPERVISOR'), 900, undefined],
  ['CREW_STILL', 3, undefined, 89, undefined],
  ['CREW_STILL', 3, undefined, 90, 'CREW'],
  ['WAITING_SOON', 1, undefined, 79, undefined],
  ['WAITING_SOON', 1, undefined, 80, 'DESK'],
  ['WAITING_SOON', 1, told('DESK'), 900, undefined],
  ['WAITING_LATE', 2, undefined, 299, undefined],
  ['WAITING_LATE', 2, undefined, 300, 'DESK'],
  ['PERSON_WANTED', null, undefined, 0, 'DESK'],
  ['LOST_CONTACT', null, told('DESK'), 900, undefined],
]
for (const [kind, priority, before, seconds, expected] of stages) {
  test(`${kind} P${priority} after ${before?.stage ?? 'nothing'} at ${seconds} s: ${expected}`, () => {
    const trouble = { kind, priority, since: 0 }
    assert.equal(nextStage(trouble, before, seconds * 1_000, defaultAlarmTimes), expected)
  })
}
