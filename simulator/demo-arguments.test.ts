import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readArguments } from './demo-arguments.ts'

test('without arguments the demo goes on for ever at the pace of a real centre', () => {
  assert.deepEqual(readArguments([], {}), {
    demo: {
      url: 'http://127.0.0.1:8080',
      key: undefined,
      account: undefined,
      speed: 1,
      minutes: 60,
      callsPerHour: undefined,
      scenario: 'weekday',
      warm: true,
      byHand: false,
      seed: '1',
      once: false,
    },
  })
})

test('arguments and environment are read', () => {
  const argv = [
    '--speed',
    '12.5',
    '--minutes=5',
    '--seed',
    '7',
    '--once',
    '--cold',
    '--by-hand',
    '--scenario=storm',
    '--url',
    'https://example.org/',
    '--key=tone_a',
  ]
  const read = readArguments([...argv, '--calls-per-hour', '90'], { AI_DISPATCHER_KEY: 'tone_b' })
  const url = 'https://example.org'
  const demo = {
    url,
    key: 'tone_a',
    account: undefined,
    speed: 12.5,
    minutes: 5,
    callsPerHour: 90,
    scenario: 'storm',
    warm: false,
    byHand: true,
    seed: '7',
    once: true,
  }
  assert.deepEqual(read, { demo })
  const fromEnv = readArguments([], { PORT: '9090', AI_DISPATCHER_KEY: 'tone_b' })
  assert.ok('demo' in fromEnv)
  assert.equal(fromEnv.demo.url, 'http://127.0.0.1:9090')
  assert.equal(fromEnv.demo.key, 'tone_b')
})

test('an account is a name and a password', () => {
  const account = { username: 'chief', password: 'from the list' }
  const given = readArguments(['--username', 'chief', '--password', 'from the list'], {})
  assert.deepEqual('demo' in given && given.demo.account, account)
  const env = { DEMO_USERNAME: 'ann', DEMO_PASSWORD: 'from the list' }
  const mixed = readArguments(['--username=chief'], env)
  assert.deepEqual('demo' in mixed && mixed.demo.account, account)
  for (const half of [{ DEMO_USERNAME: 'ann' }, { DEMO_PASSWORD: 'alone' }]) {
    const read = readArguments([], half)
    assert.deepEqual('faults' in read && read.faults, ['--username and --password belong together'])
  }
})

test('help wins over faults', () => {
  assert.deepEqual(readArguments(['--help', '--nonsense'], {}), { help: true })
  assert.deepEqual(readArguments(['-h'], {}), { help: true })
})

test('every fault is told at once', () => {
  const argv = [
    '--speed',
    'fast',
    '--minutes',
    '1.5',
    '--calls-per-hour=0',
    '--url',
    'nowhere',
    '--once=yes',
    'x',
    '--sed',
    '2',
  ]
  const read = readArguments([...argv, '--key'], { PORT: '70000' })
  assert.ok('faults' in read)
  const told = read.faults.join('\n')
  for (const part of [
    /--speed must/,
    /--minutes must be a whole/,
    /--calls-per-hour/,
    /--url must/,
    /--once takes no value/,
  ]) {
    assert.match(told, part)
  }
  for (const part of [/"x" is not an option/, /--sed is not known/, /--key needs a value/])
    assert.match(told, part)
  const port = readArguments([], { PORT: '70000' })
  assert.ok('faults' in port)
  assert.match(port.faults[0]!, /PORT must be/)
})
