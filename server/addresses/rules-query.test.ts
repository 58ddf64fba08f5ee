import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { partNumber, readNumber } from './rules-numbers.ts'
import { type Reading, readQuery } from './rules-query.ts'
import { readStreetName, type StreetName } from './rules-words.ts'

const show = ({ direction, words, type }: StreetName) => [direction, ...words, type].filter(Boolean).join(' ')

describe('names of streets are compared in one form', () => {
  const cases: [name: string, compared: string][] = [
    ['Mission St', 'MISSION STREET'],
    ['MISSION STREET', 'MISSION STREET'],
    ['Geneva Av', 'GENEVA AVENUE'],
    ['Geneva Ave.', 'GENEVA AVENUE'],
    ['GEARY BL', 'GEARY BOULEVARD'],
    ['03RD ST', '3RD STREET'],
    ['3rd Street', '3RD STREET'],
    ['Third Street', '3RD STREET'],
    ['Twenty-First Street', '21ST STREET'],
    ['twenty first st', '21ST STREET'],
    ['5 Ave', '5TH AVENUE'],
    ['South Van Ness Ave', 'S VAN NESS AVENUE'],
    ['S. Van Ness Avenue', 'S VAN NESS AVENUE'],
    ['Main Street North', 'N MAIN STREET'],
    ["O'Farrell St", 'OFARRELL STREET'],
    ['St. Francis Blvd', 'SAINT FRANCIS BOULEVARD'],
    ['Mt Vernon Ave', 'MOUNT VERNON AVENUE'],
    ['The Embarcadero', 'EMBARCADERO'],
    ['Broadway', 'BROADWAY'],
    ['Avenue B', 'AVENUE B'],
    ['Rue de l’Église', 'RUE DE LEGLISE'],
    ['Straße', 'STRASSE'],
    ['  ', ''],
  ]
  for (const [name, compared] of cases) {
    test(name, () => assert.equal(show(readStreetName(name)), compared))
  }
})

describe('house numbers as they are said', () => {
  const cases: [words: string, number: string | undefined][] = [
    ['341 HARBOUR', '341'],
    ['3 41 HARBOUR', '341'],
    ['THREE FORTY ONE HARBOUR', '341'],
    ['THREE HUNDRED FORTY ONE HARBOUR', '341'],
    ['TWENTY ONE HUNDRED MISSION', '2100'],
    ['TWENTY ONE HUNDRED AND FIVE MISSION', '2105'],
    ['TWO THOUSAND FIVE HUNDRED AND SIX MAIN', '2506'],
    ['TWELVE HUNDRED THIRTY FOUR MAIN', '1234'],
    ['ONE OH FIVE MAIN', '105'],
    ['NINETEEN OH ONE MAIN', '1901'],
    ['TWO OH OH ONE MAIN', '2001'],
    ['FIVE FIVE FIVE MAIN', '555'],
    ['ONE HUNDRED AND FIVE MAIN', '105'],
    ['TWENTY FIVE HUNDRED AND MAIN', '2500'],
    ['TEN THOUSAND TWENTY MAIN', '10020'],
    ['NINE NINE NINE NINE NINE NINE NINE MAIN', undefined],
    ['HARBOUR', undefined],
    ['', undefined],
  ]
  for (const [words, number] of cases) {
    test(words || 'nothing', () => assert.equal(readNumber(words.split(' '))?.value, number))
  }
  test('a tens word before an ordinal is more likely the name of the street', () => {
    const parts = partNumber('FORTY FIVE TWENTY THIRD STREET'.split(' '))
    assert.deepEqual(
      parts.map(({ number, rest }) => [number, rest.join(' ')]),
      [
        [45, '23RD STREET'],
        [4520, 'THIRD STREET'],
      ],
    )
  })
})

function told(reading: Reading | undefined): string {
  if (!reading) return 'nothing'
  if (reading.kind === 'position') return `${reading.latitude} ${reading.longitude}`
  if (reading.kind === 'crossing') return reading.streets.map(show).join(' x ')
  if (reading.kind === 'name') return `name ${show(reading.name)}`
  return `${reading.kind} ${reading.number} ${show(reading.street)}`
}

describe('the likeliest reading of what was typed or said', () => {
  const cases: [text: string, first: string][] = [
    ['341 Harbour Street', 'address 341 HARBOUR STREET'],
    ['341 habour st', 'address 341 HABOUR STREET'],
    ['three forty-one Harbour Street', 'address 341 HARBOUR STREET'],
    ["I'm at 341 Harbour Street, please", 'address 341 HARBOUR STREET'],
    ['the address is one oh five Main Street', 'address 105 MAIN STREET'],
    ['341 Harbour Street apartment 4', 'address 341 HARBOUR STREET'],
    ['341 Harbour St #4B', 'address 341 HARBOUR STREET'],
    ['341, Harbour Street', 'address 341 HARBOUR STREET'],
    ['341-A Harbour Street', 'address 341 HARBOUR STREET'],
    ['3735-3739 SACRAMENTO ST', 'address 3735 SACRAMENTO STREET'],
    ['267 1/2 27th St', 'address 267 27TH STREET'],
    ['12B Main St', 'address 12 MAIN STREET'],
    ['Landstrasse 12', 'address 12 LANDSTRASSE'],
    ['100 5 Ave', 'address 100 5TH AVENUE'],
    ['700 Steiner St', 'address 700 STEINER STREET'],
    ['400 Block of MISSION ST', 'block 400 MISSION STREET'],
    ['the four hundred block of Mission Street', 'block 400 MISSION STREET'],
    ['0 Block of GROVE ST', 'block 0 GROVE STREET'],
    ['block of 450 Mission', 'block 400 MISSION'],
    ['3RD ST/MISSION ST', '3RD STREET x MISSION STREET'],
    ['3rd & Mission', '3RD x MISSION'],
    ['the corner of 3rd and Mission', '3RD x MISSION'],
    ['corner of third and mission street', '3RD x MISSION STREET'],
    ['Mission at 3rd', 'MISSION x 3RD'],
    ['Mission Street corner of Third', 'MISSION STREET x 3RD'],
    ['5 and Mission', '5TH x MISSION'],
    ['A ST/B ST/C ST', 'A STREET x B STREET'],
    ['37.78, -122.41', '37.78 -122.41'],
    ['37.78 -122.41', '37.78 -122.41'],
    ['twenty first street', 'name 21ST STREET'],
    ['General Hospital', 'name GENERAL HOSPITAL'],
    ['', 'nothing'],
    [' ,;/ ', 'nothing'],
  ]
  for (const [text, first] of cases) {
    test(text || 'nothing', () => {
      const { readings } = readQuery(text)
      const [best] = readings.toSorted((a, b) => b.weight - a.weight)
      assert.equal(told(best), first, readings.map(told).join('; '))
    })
  }
  test('a crossing street with a number before it is an address too', () => {
    const { readings } = readQuery('341 Mission Street at 3rd')
    assert.ok(readings.map(told).includes('address 341 MISSION STREET'))
  })
  test('what is no place on the earth is no position', () => {
    assert.ok(readQuery('91.5, 10.1').readings.every(({ kind }) => kind !== 'position'))
  })
  test('words after a comma are the area', () => {
    assert.deepEqual(readQuery('341 Harbour Street, Old Town').area, ['OLD', 'TOWN'])
  })
  test('no text makes more than six readings, nor takes long', () => {
    for (const text of ['a and '.repeat(33), '1 '.repeat(100), 'block of '.repeat(22), '/'.repeat(200)]) {
      assert.ok(readQuery(text.slice(0, 200)).readings.length <= 6)
    }
  })
})
