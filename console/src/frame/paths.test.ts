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
    ['', '/'],
  ] as const) {
    it(`${address || 'nothing'} -> ${path}`, () => assert.equal(pathOf(address), path))
  }
})
