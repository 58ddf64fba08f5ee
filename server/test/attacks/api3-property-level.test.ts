import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Operation } from '@toneout/contract/operation.ts'
import { type Cast, enter, fingerprint, fromAnywhere, type Headers, openCast } from './cast.ts'
import { everything, fillPath, sampleOf } from './samples.ts'
import { createSender } from './send.ts'

/** What nobody may set; an operation that takes one of them all the same says so in its schema. */
const extra: Record<string, unknown> = {
  ...{
    id: 1,
    call: 1,
    call_id: 1,
    incident_id: 1,
    person_id: 1,
    hospital_id: 1,
    unit_id: 1,
    assignment_id: 1,
  },
  ...{ role: 'admin', is_admin: true, is_superuser: true, is_staff: true, active: true, permissions: ['*'] },
  ...{ status: 'CLOSED', created_at: '2000-01-01T00:00:00Z', updated_at: '2000-01-01T00:00:00Z' },
  ...{ retired_at: null, closed_at: null, assigned_at: null, received_at: null, position_at: null },
  ...{
    caller_sealed: 'x',
    caller_index: 'x',
    caller_number_sealed: 'x',
    legal_hold: 'x',
    lost_contact: true,
  },
  ...{ password_hash: 'x', key_hash: 'x', token_hash: 'x', dispatcher_id: 1, actor: 'x', actor_id: 1 },
  ...{ inbound: 0, count: 0, sequence_number: 1, revision: 9, merged_into: 1, disposition: 'DUPLICATE' },
  ...{ 'role[]': 'admin', 'data.role': 'admin', $where: '1', constructor: { prototype: { role: 'admin' } } },
}

const limit = { timeout: 240_000 }
let cast: Cast
let sender: ReturnType<typeof createSender>
const credentials = new Map<string, Headers>()

before(async () => {
  cast = await openCast()
  sender = createSender(cast.server.baseUrl)
})
after(async () => {
  sender.close()
  await cast.close()
})

/** Somebody who may: a program where there is one, as it is the first who may for the AI dispatcher's. */
async function mayCall({ who }: Operation): Promise<Headers> {
  if (who === 'anyone') return {}
  const role = who[0] as string
  const known = credentials.get(role)
  if (known) return known
  const key = role in cast.keys ? cast.keys[role as keyof Cast['keys']] : undefined
  const made = key ? { 'x-api-key': key } : await enter(cast.server, `a-${role}`, 'token')
  credentials.set(role, made)
  return made
}

async function attempt(id: string, operation: Operation, body: unknown) {
  const headers = { ...(await mayCall(operation)), ...fromAnywhere() }
  const path = fillPath(operation, { call_sid: 'CA-target' })
  const { status, text } = await sender.send({ method: operation.method, path, headers, body })
  assert.ok(status < 500, `${id} ${status} ${text}`)
  return { status, body: text === '' ? undefined : JSON.parse(text) }
}

const withBody = everything.filter(([, operation]) => operation.body)
/** The AI dispatcher's endpoints ignore what they do not know, because it evolves; all others refuse it. */
const tolerant = withBody.filter(([, { form }]) => form)
const strict = withBody.filter(([, { form }]) => !form)

/** Whether the operation takes a field of that name itself. */
function takes(operation: Operation, name: string): boolean {
  const shape = JSON.stringify(operation.body?.toJSONSchema({ io: 'input', unrepresentable: 'any' }))
  return shape.includes(`"${name}":`)
}

describe('a field that is not of the body', limit, () => {
  for (const [id, operation] of strict) {
    test(`${id}: is refused by its name, and nothing changes`, async () => {
      // To sign in is a fact.
      await mayCall(operation)
      const before = await fingerprint(cast)
      const names = Object.keys(extra).filter((name) => !takes(operation, name))
      for (const name of names) {
        const { status, body } = await attempt(id, operation, { ...sampleOf(id), [name]: extra[name] })
        assert.deepEqual(
          [status, body.code, Array.isArray(body[name])],
          [400, 'invalid', true],
          `${id} ${name}`,
        )
      }
      assert.ok(names.length > 20)
      assert.deepEqual(await fingerprint(cast), before)
    })
  }
})

describe('the AI dispatcher’s endpoints ignore it', limit, () => {
  before(async () => {
    const call = { call_sid: 'CA-target', caller_number: '+15550188' }
    assert.equal((await attempt('openCall', everything[0]?.[1] as Operation, call)).status, 201)
  })

  const columns = ['id', 'incident_id', 'lost_contact', 'legal_hold', 'caller_index', 'caller_sealed']
  const stored = async () =>
    (await cast.query(`SELECT ${columns.join(', ')} FROM calls WHERE call_sid = 'CA-target'`))[0]

  for (const [id, operation] of tolerant) {
    test(`${id}: the answer and the rows are as without it`, async () => {
      const call = await stored()
      const guarded = await fingerprint(cast, [
        'calls',
        'call_interactions',
        'facts',
        'incidents',
        'sequences',
      ])
      for (const name of Object.keys(extra).filter((one) => !takes(operation, one))) {
        const { status, body } = await attempt(id, operation, { ...sampleOf(id), [name]: extra[name] })
        if (operation.group === 'Calls')
          assert.ok([200, 201, 404, 409].includes(status), `${id} ${name} ${status}`)
        if (status < 300 && name === 'id') assert.notEqual(body.id, undefined)
        assert.deepEqual(await stored(), call, name)
      }
      const all = fingerprint(cast, ['calls', 'call_interactions', 'facts', 'incidents', 'sequences'])
      assert.deepEqual(await all, guarded)
    })
  }

  test('an interaction stays with its call, whatever it says it is of', async () => {
    const [, say] = everything.find(([id]) => id === 'addInteraction') as (typeof everything)[number]
    const given = { ...sampleOf('addInteraction'), ...extra, call_sid: 'CA-other', timestamp: '2000-01-01' }
    const { status, body } = await attempt('addInteraction', say, given)
    assert.deepEqual([status, body.call_sid], [201, 'CA-target'])
    assert.ok(body.call !== 1 || (await stored()).id === 1)
    assert.ok(Date.parse(body.timestamp) > Date.parse('2020-01-01'))
  })
})

test('names that JavaScript gives a meaning to change no object', limit, async () => {
  const open = everything.find(([id]) => id === 'openCall') as (typeof everything)[number]
  const polluted =
    '{"call_sid":"CA-proto","caller_number":"1","__proto__":{"polluted":1},' +
    '"constructor":{"prototype":{"polluted":1}}}'
  const { status, body } = await attempt('openCall', open[1], polluted)
  assert.equal(status, 201)
  assert.equal(body.polluted, undefined)
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
})

/** Names of what is nobody's to see, in any reply; a list that nobody may give a reason to be in one. */
const secret = /"(password_hash|password|key_hash|token_hash|caller_sealed|caller_index|secret|signature)":/

test('replies hold nothing that is nobody’s to see', limit, async () => {
  const readable = everything.filter(([, one]) => one.method === 'GET' && one.media === undefined)
  for (const [id, operation] of readable) {
    const headers = { ...(await mayCall(operation)), ...fromAnywhere() }
    for (const filling of [{ call_sid: 'CA-target', id: 1 }, { id: cast.people.admin.id }]) {
      const { text } = await sender.send({ method: 'GET', path: fillPath(operation, filling), headers })
      assert.doesNotMatch(text, secret, id)
      assert.doesNotMatch(text, /\$argon2/, id)
    }
  }
})
