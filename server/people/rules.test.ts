import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PersonChange } from '@toneout/contract/model/people.ts'
import type { PersonRole, Role } from '@toneout/contract/roles.ts'
import {
  changedAccount,
  hospitalFault,
  isLicenceValid,
  type Kind,
  profileFault,
  refuseChange,
  refuseDuty,
  refuseHospital,
  refuseStandDown,
  shownTo,
  stopsBeingSent,
  toldChanges,
  unitFault,
} from './rules.ts'

const account = (role: PersonRole, more: object = {}) => ({
  id: 7,
  role,
  active: true,
  hospital_id: null as number | null,
  ...more,
})

describe('what an account becomes', () => {
  const cases: [what: string, before: object, change: PersonChange, after: object][] = [
    ['nothing new', account('analyst'), {}, account('analyst')],
    ['another role', account('analyst'), { role: 'admin' }, account('admin')],
    ['shut out', account('analyst'), { active: false }, account('analyst', { active: false })],
    [
      'the same hospital',
      account('hospital', { hospital_id: 3 }),
      { active: false },
      account('hospital', { active: false, hospital_id: 3 }),
    ],
    [
      'another hospital',
      account('hospital', { hospital_id: 3 }),
      { hospital_id: 4 },
      account('hospital', { hospital_id: 4 }),
    ],
    ['no hospital', account('hospital', { hospital_id: 3 }), { hospital_id: null }, account('hospital')],
    [
      'no more at a hospital',
      account('hospital', { hospital_id: 3 }),
      { role: 'analyst' },
      account('analyst'),
    ],
    [
      'at a hospital from now on',
      account('analyst'),
      { role: 'hospital', hospital_id: 3 },
      account('hospital', { hospital_id: 3 }),
    ],
    // Refused by refuseHospital; here it is only what was asked for.
    [
      'a hospital that cannot be',
      account('analyst'),
      { hospital_id: 3 },
      account('analyst', { hospital_id: 3 }),
    ],
  ]
  for (const [what, before, change, after] of cases) {
    test(what, () => assert.deepEqual(changedAccount(before as ReturnType<typeof account>, change), after))
  }
})

test('only the role hospital has a hospital, and one in use', () => {
  assert.equal(refuseHospital(account('analyst')), undefined)
  assert.equal(refuseHospital(account('hospital', { hospital_id: 1 })), undefined)
  assert.deepEqual(Object.keys(refuseHospital(account('admin', { hospital_id: 1 }))?.fields ?? {}), [
    'hospital_id',
  ])
  assert.equal(hospitalFault(true), undefined)
  assert.match(hospitalFault(false) ?? '', /out of use/)
  assert.match(hospitalFault(undefined) ?? '', /no such/)
})

describe('who may become what', () => {
  const admin = account('admin')
  const demoted = account('supervisor')
  const out = account('admin', { active: false })
  type Case = [what: string, before: object, after: object, actor: number, admins: number[], code?: string]
  const cases: Case[] = [
    ['another admin is demoted', admin, demoted, 1, [1, 7]],
    ['another admin is shut out', admin, out, 1, [1, 7]],
    ['the last admin is demoted by one who was shut out', admin, demoted, 1, [7], 'last_admin'],
    ['the last admin is shut out', admin, out, 1, [7], 'last_admin'],
    ['an inactive admin is demoted', out, account('analyst', { active: false }), 1, [1]],
    ['the last admin comes back', out, admin, 1, []],
    ['somebody else is shut out', demoted, account('supervisor', { active: false }), 1, [1]],
    ['the own role', admin, demoted, 7, [1, 7], 'own_account'],
    ['the own account', admin, out, 7, [7], 'own_account'],
    ['the own hospital', account('hospital'), account('hospital', { hospital_id: 1 }), 7, [1]],
  ]
  for (const [what, before, after, actorId, admins, code] of cases) {
    test(what, () => {
      type One = ReturnType<typeof account>
      assert.equal(refuseChange(before as One, after as One, { actorId, admins })?.refused, code)
    })
  }
})

test('who leaves the role or is shut out is not sent any more', () => {
  const medic = account('paramedic')
  const out = account('paramedic', { active: false })
  assert.equal(stopsBeingSent(medic, out), true)
  assert.equal(stopsBeingSent(medic, account('dispatcher')), true)
  assert.equal(stopsBeingSent(medic, medic), false)
  assert.equal(stopsBeingSent(out, account('dispatcher')), false)
  assert.equal(stopsBeingSent(account('dispatcher'), medic), false)
  assert.equal(refuseStandDown(undefined), undefined)
  assert.equal(refuseStandDown(3)?.refused, 'in_use')
})

describe('who can have which profile', () => {
  const cases: [Kind, object | undefined, RegExp | undefined][] = [
    ['paramedic', account('paramedic'), undefined],
    ['paramedic', account('dispatcher'), /is dispatcher, not paramedic\.$/],
    ['paramedic', account('paramedic', { active: false }), /shut out/],
    ['paramedic', undefined, /no such person/],
    ['dispatcher', account('dispatcher'), undefined],
    ['dispatcher', account('supervisor'), undefined],
    ['dispatcher', account('admin'), /is admin, not dispatcher or supervisor\.$/],
  ]
  for (const [kind, person, fault] of cases) {
    test(`${kind}: ${JSON.stringify(person)}`, () => {
      const found = profileFault(kind, person as ReturnType<typeof account> | undefined)
      if (fault) assert.match(found ?? '', fault)
      else assert.equal(found, undefined)
    })
  }
})

describe('availability and unit', () => {
  type Case = [
    what: string,
    changes: object,
    live: number | undefined,
    fault?: string,
    refused?: [string, string[]],
  ]
  const cases: Case[] = [
    ['nothing', {}, 5],
    ['free', { available: false, unit_id: 2 }, undefined],
    ['away while on an assignment', { available: false }, 5, undefined, ['in_use', ['available']]],
    [
      'all while on an assignment',
      { available: true, unit_id: null },
      5,
      undefined,
      ['in_use', ['available', 'unit_id']],
    ],
    ['away while no paramedic', { available: false, unit_id: null }, undefined, 'no'],
    ['back while no paramedic', { available: true }, undefined, 'no', ['invalid', ['available']]],
    ['into a crew while no paramedic', { unit_id: 2 }, undefined, 'no', ['invalid', ['unit_id']]],
  ]
  for (const [what, changes, live, fault, refused] of cases) {
    test(what, () => {
      const found = refuseDuty(changes, live, fault)
      assert.deepEqual(found && [found.refused, Object.keys(found.fields ?? {})], refused)
    })
  }
  test('units are in use', () => {
    assert.equal(unitFault(true), undefined)
    assert.match(unitFault(false) ?? '', /out of use/)
    assert.match(unitFault(undefined) ?? '', /no such/)
  })
})

const licences: [string | null, boolean][] = [
  [null, false],
  ['2026-11-20', false],
  ['2026-11-21', true],
  ['2027-01-01', true],
]
for (const [expiry, valid] of licences) {
  test(`on 2026-11-21 a licence until ${expiry}`, () =>
    assert.equal(isLicenceValid(expiry, '2026-11-21'), valid))
}

test('the timeline is told that the emergency contact is another, not which', () => {
  const shift = { from: '', to: 'A' }
  assert.deepEqual(toldChanges({ shift }), { shift })
  assert.deepEqual(toldChanges({ shift, emergency_contact: { from: 'Ann', to: 'Bob' } }), {
    shift,
    emergency_contact: { changed: true },
  })
})

test('only keepers see the emergency contact', () => {
  const profile = { full_name: 'Ann', emergency_contact: 'Bob' }
  for (const role of ['supervisor', 'admin'] as Role[]) assert.deepEqual(shownTo(role, profile), profile)
  assert.deepEqual(shownTo('dispatcher', profile), { full_name: 'Ann', emergency_contact: null })
})
