import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { levelAt, liveLabel, recoverySentence, staleSentence } from './freshness.ts'

const morning = new Date(2026, 10, 21, 7, 41, 2).getTime()
const hearing = { heardAt: morning, startedAt: morning - 60_000 }
const after = (seconds: number) => morning + seconds * 1000

describe('freshness', () => {
  it('is live below 10 s, behind from 10 s, stale from 30 s', () => {
    const levels = [0, 9.9, 10, 29.9, 30, 3600].map((seconds) => levelAt(hearing, after(seconds)))
    assert.deepEqual(levels, ['live', 'live', 'behind', 'behind', 'stale', 'stale'])
  })

  it('counts from the start of the page while nothing was heard yet', () => {
    assert.equal(levelAt({ heardAt: null, startedAt: morning }, after(12)), 'behind')
  })

  it('is not fooled by a clock that was set back', () => {
    assert.equal(levelAt(hearing, after(-3600)), 'live')
  })

  it('says the delay while live, the age when not', () => {
    assert.equal(liveLabel(hearing, true, 37.6, after(2)), 'Live 38 ms')
    assert.equal(liveLabel(hearing, true, null, after(2)), 'Live')
    assert.equal(liveLabel(hearing, false, 38, after(2)), 'Reconnecting')
    assert.equal(liveLabel({ ...hearing, heardAt: null }, false, null, morning - 59_000), 'Connecting')
    assert.equal(liveLabel(hearing, true, 38, after(12.4)), '12 s behind')
    assert.equal(liveLabel(hearing, false, 38, after(125)), '2:05 behind')
  })

  it('says since when, and why as far as it is known', () => {
    assert.equal(
      staleSentence(hearing, true),
      'Not live since 07:41:02. Calls, incidents and units may have changed since. Connecting again.',
    )
    assert.match(staleSentence(hearing, false), /This computer has no network\.$/)
  })

  it('says how the gap was closed', () => {
    const gap = { at: after(68), since: morning, changed: 1, incidents: 0 }
    assert.equal(
      recoverySentence({ kind: 'resumed', ...gap }),
      'Live again at 07:42:10. Everything since 07:41:02 has arrived: 1 call changed, marked.',
    )
    assert.equal(
      recoverySentence({ kind: 'reloaded', ...gap, changed: 0 }),
      'Live again at 07:42:10. The gap was too long to replay, so everything was loaded again: ' +
        'no call and no incident changed.',
    )
    const both = recoverySentence({ kind: 'resumed', ...gap, changed: 2, incidents: 1 })
    assert.match(both, /: 2 calls and 1 incident changed, marked\.$/)
    assert.match(
      recoverySentence({ kind: 'resumed', ...gap, changed: 0, incidents: 3 }),
      /: 3 incidents changed/,
    )
  })
})
