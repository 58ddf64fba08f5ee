import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pathOf } from './paths.ts'

describe('the page of an address', () => {
  for (const [address, path] of [
    ['/', '/'],
    ['/keys', '/keys'],
    ['/keys/', '/keys'],
    ['/account', '/account'],
    ['/people', '/people'],
    ['/peoples', '/'],
    ['/keys/5', '/'],
    ['/calls', '/calls'],
    ['/calls/CA%2F1', '/calls/*'],
    ['/calls/CA-1/', '/calls/*'],
    ['/calls/CA-1/more', '/'],
    ['', '/'],
  ] as const) {
    it(`${address || 'nothing'} -> ${path}`, () => assert.equal(pathOf(address), path))
  }
})
