import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { networkOf } from './network.ts'

describe('what an address is counted with', () => {
  const cases: [address: string, alone: string, withNeighbours?: string][] = [
    ['192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['::FFFF:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:02:ffff::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001::1', '2001:db8:1:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1:2:3::192.0.2.7', '1:2:3:0::/64'],
    ['a socket', 'a socket'],
    ['1.2.3.4.5', '1.2.3.4.5'],
  ]
  for (const [address, alone, withNeighbours = alone] of cases) {
    test(address, () => {
      assert.equal(networkOf(address), alone)
      assert.equal(networkOf(address, 'neighbours'), withNeighbours)
    })
  }
})
