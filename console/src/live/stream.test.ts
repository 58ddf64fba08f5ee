import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aCall, aFact } from './rows.fixture.ts'
import { followTimeline, retryDelay, type Source } from './stream.ts'

/** A feed that a test speaks for, and a clock that it moves. */
function wire() {
  const heard: string[] = []
  const opened: { url: string; closed: boolean; say: (type: string, data?: unknown) => void }[] = []
  const waiting: { at: number; action: () => void }[] = []
  let now = 0
  const open = (url: string): Source => {
    const listeners = new Map<string, (event: MessageEvent<string>) => void>()
    const say = (type: string, data?: unknown) =>
      listeners.get(type)?.({
        data: data === undefined ? '' : JSON.stringify(data),
        lastEventId: '',
      } as never)
    const source = { url, closed: false, say }
    opened.push(source)
    return {
      addEventListener: (type, listener) => void listeners.set(type, listener),
      close: () => {
        source.closed = true
      },
    }
  }
  const { end: close, hurry } = followTimeline(
    open,
    {
      hello: (cursor) => heard.push(`hello ${cursor}`),
      fact: (fact) => heard.push(`fact ${fact.id}`),
      heartbeat: (at) => heard.push(`heartbeat ${at}`),
      positions: (units) => heard.push(`positions ${units.map((unit) => unit.id)}`),
      reset: (cursor) => heard.push(`reset ${cursor}`),
      lost: () => heard.push('lost'),
    },
    {
      random: () => 0,
      after: (ms, action) => {
        const entry = { at: now + ms, action }
        waiting.push(entry)
        return () => void waiting.splice(0, waiting.length, ...waiting.filter((each) => each !== entry))
      },
    },
  )
  const pass = (ms: number) => {
    now += ms
    for (const due of waiting.filter((each) => each.at <= now)) {
      waiting.splice(waiting.indexOf(due), 1)
      due.action()
    }
  }
  return { heard, opened, pass, close, hurry, latest: () => opened.at(-1)! }
}

describe('the feed', () => {
  it('asks for everything from now, and after a drop for what came after the last fact', () => {
    const { heard, opened, pass, latest } = wire()
    assert.equal(latest().url, '/api/stream/')
    latest().say('hello', { cursor: 40 })
    latest().say('fact', aFact(41, aCall(1)))
    latest().say('error')
    assert.equal(opened[0]!.closed, true)
    pass(250)
    assert.equal(latest().url, '/api/stream/?after=41')
    // The greeting may name a later place; the facts up to it are still owed.
    latest().say('hello', { cursor: 99 })
    latest().say('fact', aFact(42, aCall(1)))
    latest().say('error')
    pass(250)
    assert.equal(latest().url, '/api/stream/?after=42')
    assert.deepEqual(heard, ['hello 40', 'fact 41', 'lost', 'hello 41', 'fact 42', 'lost'])
  })

  it('passes positions on, which keep the connection alive and move no cursor', () => {
    const { heard, pass, latest } = wire()
    latest().say('hello', { cursor: 5 })
    pass(14_000)
    latest().say('positions', { units: [{ id: 3, latitude: 1, longitude: 2, position_at: 'x' }] })
    pass(14_000)
    latest().say('error')
    pass(250)
    assert.equal(latest().url, '/api/stream/?after=5')
    assert.deepEqual(heard, ['hello 5', 'positions 3', 'lost'])
  })

  it('tries again ever more slowly until it is greeted', () => {
    const { opened, pass, latest } = wire()
    latest().say('error')
    pass(249)
    assert.equal(opened.length, 1)
    pass(1)
    latest().say('error')
    pass(499)
    assert.equal(opened.length, 2)
    pass(1)
    latest().say('hello', { cursor: 1 })
    latest().say('error')
    pass(250)
    assert.equal(opened.length, 4)
  })

  it('gives up a connection that has been silent for three heartbeats', () => {
    const { heard, opened, pass, latest } = wire()
    latest().say('hello', { cursor: 5 })
    pass(14_000)
    latest().say('heartbeat', { at: '1970-01-01T00:00:09Z' })
    pass(14_000)
    assert.equal(opened.length, 1)
    pass(1_000)
    pass(250)
    assert.deepEqual([opened.length, heard], [2, ['hello 5', 'heartbeat 9000', 'lost']])
  })

  it('begins anew at the place a reset names', () => {
    const { heard, pass, latest } = wire()
    latest().say('hello', { cursor: 5 })
    latest().say('reset', { cursor: 90 })
    latest().say('error')
    pass(250)
    assert.equal(latest().url, '/api/stream/?after=90')
    assert.deepEqual(heard, ['hello 5', 'reset 90', 'lost'])
  })

  it('hears nothing more from a connection that it has left, nor after its end', () => {
    const { heard, opened, pass, close, latest } = wire()
    latest().say('hello', { cursor: 5 })
    latest().say('error')
    opened[0]!.say('fact', aFact(6, aCall(1)))
    opened[0]!.say('error')
    close()
    pass(60_000)
    assert.deepEqual([opened.length, heard], [1, ['hello 5', 'lost']])
  })

  it('does not wait for its turn once it is told that the line may work', () => {
    const { opened, pass, close, hurry, latest } = wire()
    latest().say('hello', { cursor: 5 })
    hurry()
    assert.equal(opened.length, 1, 'a connection that stands is left alone')
    latest().say('error')
    hurry()
    assert.deepEqual([opened.length, latest().url], [2, '/api/stream/?after=5'])
    pass(2_000)
    assert.equal(opened.length, 2, 'the wait was called off')
    close()
    hurry()
    assert.equal(opened.length, 2, 'it is over')
  })

  it('waits at most a second and a half and at least half of what it could', () => {
    assert.equal(retryDelay(0, 0), 250)
    assert.equal(retryDelay(20, 0), 1_500)
    assert.equal(retryDelay(20, 1), 750)
  })
})
