import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Key } from '@toneout/contract/model/key.ts'
import { isInUse, refuseKey } from './rules.ts'

const [earlier, at, later, latest] = [6, 7, 8, 9].map((hour) => `2026-11-21T0${hour}:00:00.000Z`) as [
  string,
  string,
  string,
  string,
]

const key = (more: Partial<Key> = {}): Key => ({
  ...{ id: 4, name: 'Wall board', role: 'reader', created_at: earlier, created_by: 'admin' },
  ...{ rate_limit_per_second: null, rate_limit_per_minute: null, expires_at: null, last_used_at: null },
  ...{ revoked_at: null, revoked_by: null, ...more },
})

describe('whether a key is in use', () => {
  const cases: [string, Partial<Key>, boolean][] = [
    ['for ever', {}, true],
    ['ends later', { expires_at: later }, true],
    ['ends now', { expires_at: at }, false],
    ['has ended', { expires_at: earlier }, false],
    ['was revoked', { revoked_at: earlier }, false],
    ['was revoked before its end', { revoked_at: earlier, expires_at: later }, false],
  ]
  for (const [name, more, used] of cases) {
    test(name, () => assert.equal(isInUse(key(more), at), used))
  }
})

describe('what a key may become', () => {
  const ended = key({ expires_at: earlier })
  const cases: [string, Key | undefined, Partial<Key>, boolean, string | undefined][] = [
    ['new, with a name of its own', undefined, {}, false, undefined],
    ['new, with a name in use', undefined, {}, true, 'name_taken'],
    ['new, ended already', undefined, { expires_at: earlier }, false, 'invalid'],
    ['new, ending now', undefined, { expires_at: at }, false, 'invalid'],
    ['new, ending later', undefined, { expires_at: later }, false, undefined],
    ['renamed', key(), { name: 'Radio' }, false, undefined],
    ['renamed to a name in use', key(), { name: 'Radio' }, true, 'name_taken'],
    ['in other letters, of an older twin', key(), { name: 'WALL BOARD' }, true, undefined],
    ['of an older twin, ending later', key(), { expires_at: later }, true, undefined],
    ['ending another time', key({ expires_at: later }), { expires_at: latest }, false, undefined],
    ['ending in the past', key(), { expires_at: earlier }, false, 'invalid'],
    ['ended long ago, renamed', ended, { name: 'Radio' }, false, undefined],
    ['ended long ago, renamed to a name in use', ended, { name: 'Radio' }, true, 'name_taken'],
    ['back in use', ended, { expires_at: later }, false, undefined],
    ['back in use for ever, the name taken meanwhile', ended, { expires_at: null }, true, 'name_taken'],
    ['revoked', key({ revoked_at: earlier }), { name: 'Radio' }, false, 'key_revoked'],
  ]
  for (const [name, before, change, taken, code] of cases) {
    test(`${name}: ${code ?? 'allowed'}`, () => {
      const after = { ...(before ?? key()), ...change }
      assert.equal(refuseKey(before, after, { at, taken })?.refused, code)
    })
  }
})
