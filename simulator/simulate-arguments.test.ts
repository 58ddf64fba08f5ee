import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSimulateArguments as read } from './simulate-arguments.ts'

test('a scenario is played as it is written, and as it is asked for', () => {
  const usual = { scenario: 'weekday', minutes: undefined, speed: 100, seed: '1', url: undefined }
  const rest = { key: undefined, account: undefined, history: undefined }
  assert.deepEqual(read([]), { play: { ...usual, ...rest } })
  const asked = read([
    '--scenario=storm',
    '--minutes',
    '60',
    '--speed',
    '1000',
    '--seed',
    'x',
    '--history',
    'h.jsonl',
  ])
  const play = {
    ...usual,
    ...rest,
    scenario: 'storm',
    minutes: 60,
    speed: 1_000,
    seed: 'x',
    history: 'h.jsonl',
  }
  assert.deepEqual(asked, { play })
})

test('policies are compared over days', () => {
  const compare = { policies: ['closest', 'coverage'], days: 30, seed: '1', callsPerHour: 18, svg: undefined }
  assert.deepEqual(read(['--policy', 'closest,coverage']), { compare })
  assert.deepEqual(read(['--policy', 'crow', '--days', '7', '--calls-per-hour', '20', '--svg', 'p.svg']), {
    compare: { ...compare, policies: ['crow'], days: 7, callsPerHour: 20, svg: 'p.svg' },
  })
})

test('what is wrong is told in words', () => {
  const cases: [string[], RegExp][] = [
    [['--scenario', 'flood'], /--scenario must be one of ai-outage, /],
    [['--speed', '0'], /--speed must be a number from 1 to 1000, not "0"/],
    [['--minutes', 'ten'], /--minutes must be a number from 1 to 1440, not "ten"/],
    [['--policy', 'closest,luck'], /--policy must name some of closest, coverage, crow/],
    [['--policy', 'closest', '--days', '1'], /--days must be a number from 2 to 3650/],
    [['--url', 'http://127.0.0.1:8080'], /belong together/],
    [['--wind'], /Unknown option '--wind'/],
  ]
  for (const [argv, message] of cases) {
    const told = read(argv)
    assert.ok('faults' in told && told.faults.some((one) => message.test(one)), argv.join(' '))
  }
  assert.deepEqual(read(['--help', '--speed', '0']), { help: true })
})
