import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import { readTime } from './rules-times.ts'

const la = 'America/Los_Angeles'
const us = 'MM/DD/YYYY hh:mm:ss AM'

const cases: [text: string, format: Mapping['time_format'], zone: string, utc: string | undefined][] = [
  ['12/31/2016 11:57:56 PM', us, la, '2017-01-01T07:57:56.000Z'],
  ['01/01/2017 12:01:47 AM', us, la, '2017-01-01T08:01:47.000Z'],
  ['1/2/2017 12:00:00 PM', us, 'UTC', '2017-01-02T12:00:00.000Z'],
  ['7/4/2016 1:05 pm', us, la, '2016-07-04T20:05:00.000Z'],
  ['13/01/2016 01:00:00 AM', us, la, undefined],
  ['02/30/2016 01:00:00 AM', us, la, undefined],
  ['01/01/2016 00:30:00 AM', us, la, undefined],
  ['01/01/2016 13:30:00 PM', us, la, undefined],
  ['', us, la, undefined],
  ['yesterday', us, la, undefined],
  // Clocks go forward: 02:30 is not there, and is as long after 01:59:59 as it says.
  ['03/13/2016 02:30:00 AM', us, la, '2016-03-13T10:30:00.000Z'],
  // Clocks go back: 01:30 is there twice.
  ['11/06/2016 01:30:00 AM', us, la, '2016-11-06T08:30:00.000Z'],
  ['2016-07-04 13:05:06', 'YYYY-MM-DD HH:mm:ss', la, '2016-07-04T20:05:06.000Z'],
  ['2016-07-04T13:05:06.789', 'YYYY-MM-DD HH:mm:ss', 'UTC', '2016-07-04T13:05:06.000Z'],
  ['04/07/2016 13:05:06', 'DD/MM/YYYY HH:mm:ss', 'Europe/Vaduz', '2016-07-04T11:05:06.000Z'],
  ['2016-07-04T13:05:06Z', 'ISO 8601', la, '2016-07-04T13:05:06.000Z'],
  ['2016-07-04T13:05:06.250+02:00', 'ISO 8601', la, '2016-07-04T11:05:06.250Z'],
  ['2016-07-04T13:05:06', 'ISO 8601', la, '2016-07-04T20:05:06.000Z'],
  ['2016-13-04T13:05:06Z', 'ISO 8601', la, undefined],
]

describe('instants of imported tables', () => {
  for (const [text, format, zone, utc] of cases) {
    test(`${text || 'nothing'} as ${format} in ${zone}`, () => {
      const at = readTime(text, format, zone)
      assert.equal(at === undefined ? undefined : new Date(at).toISOString(), utc)
    })
  }
})

/** Also where clocks change by half an hour, around a month of fasting, or twice in a few weeks. */
const zones = ['UTC', la, 'Europe/Vaduz', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu']

describe('an instant is what the calendar of its zone says', () => {
  for (const zone of zones) {
    test(`in ${zone}`, () => {
      const begin = Temporal.PlainDateTime.from('1971-01-01T00:07:30')
      for (let step = 0; step < 1_500; step += 1) {
        // Steps of some days and hours, so that each hour of the day and each part of the year comes.
        const local = step % 2 === 0 ? begin.add({ hours: step * 331 }) : begin.add({ hours: step * 331 + 7 })
        const text = local.toString({ smallestUnit: 'second' }).replace('T', ' ')
        const said = local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
        assert.equal(readTime(text, 'YYYY-MM-DD HH:mm:ss', zone), said, text)
      }
    })
  }
})

test('however many digits its parts are written with', () => {
  for (const [short, long] of [
    ['7/4/2016 1:05:06 pm', '07/04/2016 01:05:06 PM'],
    ['12/1/2016 12:00:00 am', '12/01/2016 12:00:00 AM'],
  ] as const) {
    assert.equal(readTime(short, us, la), readTime(long, us, la))
    assert.notEqual(readTime(long, us, la), undefined)
  }
  for (const odd of ['07/04/2016 01:05:06 XM', '07-04-2016 01:05:06 PM', '07/04/2016 0a:05:06 PM']) {
    assert.equal(readTime(odd, us, la), undefined, odd)
  }
})
