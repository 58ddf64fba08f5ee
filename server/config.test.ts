import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Config, readConfig } from './config.ts'

const secret = 's'.repeat(32)
const keys = { SECRET_KEY: secret, FIELD_KEYS: `${'f'.repeat(32)}, ${'g'.repeat(32)}` }
const outside = { DATABASE_URL: 'postgres://me:pw@db.example:5433/calls?sslmode=require', ...keys }

describe('good environments', () => {
  const cases: [string, Record<string, string>, Partial<Config>][] = [
    [
      'nothing',
      {},
      { host: '127.0.0.1', port: 8080, databaseName: 'dispatch_db', dataDir: './data', trustProxy: false },
    ],
    ['blanks count as unset', { PORT: ' ', DATABASE_URL: '' }, { port: 8080, databaseUrl: undefined }],
    ['test database', { USE_TEST_DB: 'True' }, { databaseName: 'dispatch_test_db' }],
    ['test database as 1', { USE_TEST_DB: '1' }, { databaseName: 'dispatch_test_db' }],
    ['test database off', { USE_TEST_DB: 'false' }, { databaseName: 'dispatch_db' }],
    ['outside', outside, { databaseUrl: outside.DATABASE_URL, databaseName: 'calls' }],
    [
      'outside without a name',
      { ...outside, DATABASE_URL: 'postgres://db' },
      { databaseUrl: 'postgres://db/dispatch_db' },
    ],
    [
      'the test database replaces the name of the URL',
      { ...outside, USE_TEST_DB: '1' },
      {
        databaseUrl: 'postgres://me:pw@db.example:5433/dispatch_test_db?sslmode=require',
        databaseName: 'dispatch_test_db',
      },
    ],
    [
      'a socket',
      { ...outside, DATABASE_URL: 'postgres://me:pw@/calls?host=/run/db' },
      { databaseUrl: 'postgres://me:pw@localhost/calls?host=/run/db' },
    ],
    [
      'origins',
      { CORS_ORIGINS: 'https://a.example, http://b.example:81' },
      { corsOrigins: ['https://a.example', 'http://b.example:81'] },
    ],
    [
      'hosts',
      { ALLOWED_HOSTS: 'Toneout, 10.0.0.5,[::1]' },
      { allowedHosts: ['toneout', '10.0.0.5', '[::1]'] },
    ],
    ['field keys', keys, { fieldSecrets: ['f'.repeat(32), 'g'.repeat(32)] }],
    [
      'an outside geocoder',
      { GEOCODER_URL: 'https://photon.example/', GEOCODER_KIND: 'Photon' },
      { geocoder: { url: 'https://photon.example/', kind: 'photon' } },
    ],
    [
      'a routing server',
      { ROUTER_URL: 'http://osrm:5000', ROUTER_KIND: 'OSRM' },
      { router: { url: 'http://osrm:5000/', kind: 'osrm' } },
    ],
    ['tiles of a file', { MAP_TILES: '/maps/a.pmtiles' }, { mapTiles: '/maps/a.pmtiles' }],
    ['limits', { RATE_LIMIT_FACTOR: '20' }, { rateLimitFactor: 20 }],
    ['public URL', { PUBLIC_URL: 'https://dispatch.example/' }, { publicUrl: 'https://dispatch.example' }],
  ]
  for (const [name, env, expected] of cases) {
    test(name, () => {
      const { config, faults } = readConfig(env)
      assert.deepEqual(faults, [])
      for (const [field, value] of Object.entries(expected)) {
        assert.deepEqual(config?.[field as keyof Config], value, field)
      }
    })
  }
})

describe('faults, each by the name of its variable', () => {
  const cases: [Record<string, string>, string[]][] = [
    [{ PORT: 'http' }, ['PORT']],
    [{ ROUTER_URL: 'http://osrm:5000' }, ['ROUTER_KIND']],
    [{ MAP_TILES: '/maps/a.osm' }, ['MAP_TILES']],
    [{ MAP_TILES: 'https://a.example/{z}/{x}/{y}.png' }, ['MAP_ATTRIBUTION']],
    [{ RATE_LIMIT_FACTOR: '0' }, ['RATE_LIMIT_FACTOR']],
    [{ RATE_LIMIT_FACTOR: '1.5' }, ['RATE_LIMIT_FACTOR']],
    [{ PORT: '65536' }, ['PORT']],
    [{ PORT: '-1' }, ['PORT']],
    [{ USE_TEST_DB: 'maybe', TRUST_PROXY: 'x' }, ['TRUST_PROXY', 'USE_TEST_DB']],
    [{ ...keys, DATABASE_URL: 'mysql://x/y' }, ['DATABASE_URL']],
    [{ DATABASE_URL: 'postgres://db/x' }, ['FIELD_KEYS', 'SECRET_KEY']],
    [{ SECRET_KEY: 'short' }, ['SECRET_KEY']],
    [{ FIELD_KEYS: `${secret},short` }, ['FIELD_KEYS']],
    [{ ADMIN_PASSWORD: 'short' }, ['ADMIN_PASSWORD']],
    [{ AI_DISPATCHER_KEY: 'a b' }, ['AI_DISPATCHER_KEY']],
    [{ ...outside, AI_DISPATCHER_KEY: 'tone_short' }, ['AI_DISPATCHER_KEY']],
    [{ CORS_ORIGINS: '*' }, ['CORS_ORIGINS']],
    [{ CORS_ORIGINS: 'https://a.example/path' }, ['CORS_ORIGINS']],
    [{ PUBLIC_URL: 'dispatch.example' }, ['PUBLIC_URL']],
    [{ ALLOWED_HOSTS: 'toneout:8080' }, ['ALLOWED_HOSTS']],
    [{ ALLOWED_HOSTS: 'ok,http://toneout/' }, ['ALLOWED_HOSTS']],
    [{ PORT: 'x', ADMIN_PASSWORD: 'y', PUBLIC_URL: 'z' }, ['ADMIN_PASSWORD', 'PORT', 'PUBLIC_URL']],
  ]
  for (const [env, names] of cases) {
    test(names.join(', '), () => {
      const { faults } = readConfig(env)
      assert.deepEqual(faults.map((fault) => fault.variable).sort(), names)
    })
  }

  test('a secret is never quoted', () => {
    const { faults } = readConfig({
      SECRET_KEY: 'hunter2',
      FIELD_KEYS: 'hunter5',
      ADMIN_PASSWORD: 'hunter3',
      AI_DISPATCHER_KEY: 'hunter 4',
    })
    assert.equal(faults.length, 4)
    assert.doesNotMatch(JSON.stringify(faults), /hunter/)
  })
})
