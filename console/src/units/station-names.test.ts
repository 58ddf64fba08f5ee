import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutShared } from './station-names.ts'

describe('the names of stations', () => {
  const cases: [string, string[], string[]][] = [
    ['lose the words all begin with', ['Port Halvard North', 'Port Halvard Old Quay'], ['North', 'Old Quay']],
    ['lose the words all end with', ['North Hill Station', 'Quay Station'], ['North Hill', 'Quay']],
    ['keep a word between both', ['Port Station', 'Port Quay Station'], ['Station', 'Quay Station']],
    ['keep what only some have', ['Port North', 'Port Quay', 'Hill'], ['Port North', 'Port Quay', 'Hill']],
    ['keep a word each', ['Port Halvard', 'Port Halvard Quay'], ['Halvard', 'Halvard Quay']],
    ['stay whole when there is one', ['Port Halvard North'], ['Port Halvard North']],
    ['lose no part of a word', ['Northside', 'Northgate'], ['Northside', 'Northgate']],
    ['may be none', [], []],
  ]
  for (const [does, names, short] of cases) {
    it(does, () => {
      const found = withoutShared([...names, ...names])
      assert.deepEqual([...found.keys()], names)
      assert.deepEqual([...found.values()], short)
    })
  }
})
