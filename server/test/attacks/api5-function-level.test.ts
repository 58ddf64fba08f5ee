import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { personRoles } from '@toneout/contract/roles.ts'
import { type Cast, fingerprint, fromAnywhere, openCast } from './cast.ts'
import { everything, fillPath, sampleOf } from './samples.ts'
import { createSender } from './send.ts'

// The table of roles itself is walked by server/test/authorisation.test.ts; these are the ways around it.

let cast: Cast
let sender: ReturnType<typeof createSender>

before(async () => {
  cast = await openCast()
  sender = createSender(cast.server.baseUrl)
})
after(async () => {
  sender.close()
  await cast.close()
})

describe('nobody gives themselves more', () => {
  for (const role of personRoles) {
    test(`${role}: neither another role nor another account`, async () => {
      const { ask, id } = cast.people[role]
      const before = await fingerprint(cast, ['sessions'])
      const wanted = role === 'admin' ? 'dispatcher' : 'admin'
      const raised = await ask('PATCH', `/api/people/${id}/`, { role: wanted })
      assert.equal(raised.status, 403)
      assert.equal(raised.body.code, role === 'admin' ? 'own_account' : 'forbidden')
      if (role !== 'admin') {
        const { status } = await ask('POST', '/api/people/', { ...sampleOf('addPerson'), role: 'admin' })
        assert.equal(status, 403)
        const password = { password: 'a password of some length' }
        const path = `/api/people/${cast.people.admin.id}/password/`
        assert.equal((await ask('POST', path, password)).status, 403)
      }
      assert.deepEqual(await fingerprint(cast, ['sessions']), before)
    })
  }

  test('the last admin stays one', async () => {
    const { query, people } = cast
    const others = `UPDATE people SET active = false WHERE role = 'admin' AND id <> $1 RETURNING id`
    const shut = await query(others, [people.admin.id])
    for (const change of [{ role: 'analyst' }, { active: false }]) {
      const { status } = await people.admin.ask('PATCH', `/api/people/${people.admin.id}/`, change)
      assert.ok([403, 409].includes(status), String(status))
    }
    assert.deepEqual(await query(`SELECT id FROM people WHERE role = 'admin' AND active`), [
      { id: people.admin.id },
    ])
    await query('UPDATE people SET active = true WHERE id = ANY($1)', [shut.map(({ id }) => id)])
  })
})

describe('another way to write a path or a verb opens nothing', () => {
  /** Ways in which some servers, proxies and frameworks are talked past a check of paths. */
  const ways: [what: string, path: (path: string) => string][] = [
    ['as it is', (path) => path],
    ['without its slash', (path) => path.replace(/\/$/, '')],
    ['two slashes', (path) => `/${path}`],
    ['two slashes within', (path) => path.replace('/api/', '/api//')],
    ['a dot', (path) => path.replace('/api/', '/api/./')],
    ['two dots', (path) => path.replace('/api/', '/api/calls/../')],
    ['escaped dots', (path) => path.replace('/api/', '/api/calls/%2e%2e/')],
    ['an escaped slash', (path) => path.replace('/api/', '/api%2f')],
    ['an escaped letter', (path) => path.replace('/api/', '/%61pi/')],
    ['capitals', (path) => path.replace('/api/', '/API/')],
    ['a matrix parameter', (path) => `${path};role=admin`],
    ['another ending', (path) => path.replace(/\/?$/, '.json')],
    ['from an anonymous root', (path) => path.replace('/api/', '/docs/../api/')],
    ['from the files of the page', (path) => path.replace('/api/', '/assets/..%2fapi/')],
    ['a tab', (path) => path.replace(/\/$/, '%09')],
    ['a NUL', (path) => path.replace(/\/$/, '%00')],
    ['an absolute address', (path) => `http://127.0.0.1${path}`],
  ]
  /** What a page, a proxy or a framework might take the verb, the path or the caller from instead. */
  const headers: Record<string, string>[] = [
    { 'x-http-method-override': 'GET' },
    { 'x-method-override': 'GET' },
    { 'x-original-url': '/health/live' },
    { 'x-rewrite-url': '/health/live' },
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-user': 'a-admin', 'x-remote-user': 'a-admin', 'x-user-role': 'admin' },
    { 'x-api-key': 'undefined' },
    { authorization: 'Bearer null' },
    { authorization: 'Basic YS1hZG1pbjpwYXNzd29yZCBvZiBhLWFkbWlu' },
    { cookie: 'role=admin; toneout_session=; is_admin=true' },
  ]
  const closed = everything.filter(([, { who }]) => who !== 'anyone')

  for (const [what, change] of ways) {
    test(what, async () => {
      const before = await fingerprint(cast, ['sessions'])
      for (const [id, operation] of closed) {
        const path = change(fillPath(operation))
        const body = operation.body ? sampleOf(id) : undefined
        const { status } = await sender.send({
          method: operation.method,
          path,
          body,
          headers: fromAnywhere(),
        })
        assert.ok([400, 401, 404].includes(status), `${operation.method} ${path} is ${status}`)
      }
      assert.deepEqual(await fingerprint(cast, ['sessions']), before)
    })
  }

  for (const more of headers) {
    test(Object.keys(more).join(', '), async () => {
      for (const [id, operation] of closed) {
        const path = fillPath(operation)
        const body = operation.body ? sampleOf(id) : undefined
        const sent = { method: operation.method, path, body, headers: { ...fromAnywhere(), ...more } }
        assert.equal((await sender.send(sent)).status, 401, id)
      }
    })
  }
})

test('the stream gives a stranger nothing, not even its beginning', async () => {
  for (const headers of [{}, { accept: 'text/event-stream' }, { 'last-event-id': '0' }]) {
    const sent = { method: 'GET', path: '/api/stream/?after=0', headers: { ...headers, ...fromAnywhere() } }
    const { status, text, headers: got } = await sender.send(sent)
    assert.equal(status, 401)
    assert.match(String(got['content-type']), /^application\/json/)
    assert.doesNotMatch(text, /event:|data:/)
  }
})
