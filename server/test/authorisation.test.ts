import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Operation } from '@toneout/contract/operation.ts'
import type { OperationId } from '@toneout/contract/operations/all.ts'
import type { PersonRole, Role } from '@toneout/contract/roles.ts'
import { type Cast, enter, fromAnywhere, type Headers, openCast } from './attacks/cast.ts'
import { everything, fillPath, sampleOf } from './attacks/samples.ts'
import { createSender, inParallel } from './attacks/send.ts'
import { signIn } from './support/centre.ts'

const limit = { timeout: 400_000 }

let cast: Cast
let sender: ReturnType<typeof createSender>
let cells = 0

before(async () => {
  cast = await openCast()
  sender = createSender(cast.server.baseUrl)
})
after(async () => {
  sender.close()
  await cast.close()
})

/** A request that reaches the handler and finds no row there; who signs in sends nothing. */
function requestOf(id: OperationId, operation: Operation, method: string, headers: Headers) {
  const body = operation.group === 'Access' ? {} : sampleOf(id)
  return { method, path: fillPath(operation), headers, body: operation.body ? body : undefined }
}

/** HEAD is let in wherever GET is, so it is walked too; a stream has none. */
const methodsOf = ({ method, media }: Operation) =>
  method === 'GET' && media !== 'text/event-stream' ? ['GET', 'HEAD'] : [method]

type Expected = (who: Operation['who']) => 'let in' | 401 | 403

/** What is wrong with the answers of an operation to somebody; counts the cells. */
async function visit(
  [id, operation]: (typeof everything)[number],
  { name, headers }: { name: string; headers: Headers },
  expected: Expected,
): Promise<string[]> {
  const wrong: string[] = []
  for (const method of methodsOf(operation)) {
    const request = requestOf(id, operation, method, { ...headers, ...fromAnywhere() })
    const { status, text } = await sender.send(request)
    cells += 1
    const wanted = expected(operation.who)
    const letIn = status !== 401 && status !== 403 && status < 500
    if (wanted === 'let in' ? letIn : status === wanted) continue
    wrong.push(`${name}: ${id} ${method} is ${status}, not ${wanted} ${text.slice(0, 200)}`)
  }
  return wrong
}

/** Operations that may end the credential they come with: each has one of its own. */
const endsCredential = ({ group, method }: Operation) => group === 'Access' && method !== 'GET'
const steady = everything.filter(([, operation]) => !endsCredential(operation))
const ending = everything.filter(([, operation]) => endsCredential(operation))

describe('the walk through every operation', limit, () => {
  test('by every role, with a token, a session and a key: exactly the table', limit, async (t) => {
    const wrong: string[] = []
    cells = 0
    for (const { role, via, headers } of cast.actors) {
      const may: Expected = (who) => (who === 'anyone' || who.includes(role) ? 'let in' : 403)
      const name = `${role} by ${via}`
      await inParallel(steady, async (one) => void wrong.push(...(await visit(one, { name, headers }, may))))
      const spare = `spare-${role}-${via}`
      if (via !== 'key') await signIn(cast.server, spare, role as PersonRole)
      for (const one of ending) {
        const own = via === 'key' ? headers : await enter(cast.server, spare, via)
        wrong.push(...(await visit(one, { name, headers: own }, may)))
      }
    }
    assert.deepEqual(wrong, [])
    assert.ok(cells > 17 * everything.length, String(cells))
    t.diagnostic(`${cells} cells of role, credential and operation`)
  })

  test('without a credential that is good: 401 on all but what is for anyone', limit, async (t) => {
    const wrong: string[] = []
    cells = 0
    for (const stranger of cast.strangers) {
      const expected: Expected = (who) => (who === 'anyone' ? 'let in' : 401)
      await inParallel(everything, async (one) => void wrong.push(...(await visit(one, stranger, expected))))
    }
    assert.deepEqual(wrong, [])
    t.diagnostic(`${cells} cells of bad credential and operation`)
  })
})

/** What a role reaches, beside its own account. */
const reachedBy = (role: Role) =>
  everything
    .filter(([, { who, group }]) => who !== 'anyone' && who.includes(role) && group !== 'Access')
    .map(([id]) => id)
const called = ['openCall', 'listCalls', 'readCall', 'putCall', 'patchCall', 'addInteraction']

/** Said a second time by hand, so that nobody gives these roles more by a slip in the contract. */
const narrow: [Role, string[]][] = [
  [
    'ai_dispatcher',
    [
      ...[...called, 'listInteractions', 'reviseInteraction', 'tellFindings', 'listFindings'],
      ...['findAddresses', 'findAddressAt'],
    ],
  ],
  ['unit_gateway', ['reportPosition', 'reportPositions']],
  [
    'paramedic',
    [
      ...['readOwnAssignment', 'stepAssignment', 'reportPosition', 'listHospitals', 'readCrewView'],
      ...['streamCrew', 'listHospitalOptions', 'chooseHospital', 'reportDelay', 'raiseDuress'],
      ...['listOwnCrewMessages', 'readCrewMessage', 'readRoute', 'listOwnNotices', 'acknowledgeMessage'],
      ...['readPushKey', 'addPushSubscription', 'deletePushSubscription'],
    ],
  ],
  ['hospital', ['readOwnHospital', 'readHospital', 'patchHospital', 'listOwnNotices', 'acknowledgeMessage']],
]
for (const [role, all] of narrow) {
  test(`${role} reaches its own few operations`, () =>
    assert.deepEqual(reachedBy(role).sort(), [...all].sort()))
}

test('who only looks on changes nothing; admins do not dispatch; words are not for analysts', () => {
  const changing = new Set(everything.filter(([, { method }]) => method !== 'GET').map(([id]) => id))
  for (const [role, own] of [
    // How they look at a list, for themselves, and files that they take of it.
    ['analyst', ['saveView', 'removeView', 'chooseColumns', 'keepExport', 'removeKeptExport']],
    ['reader', []],
  ] as const) {
    assert.deepEqual(
      reachedBy(role)
        .filter((id) => changing.has(id))
        .sort(),
      [...own].sort(),
      role,
    )
  }
  const sending = everything.filter(([, one]) => ['Incidents', 'Dispatch'].includes(one.group))
  for (const [id, { who, method }] of sending) {
    if (method !== 'GET') assert.ok(who !== 'anyone' && !who.includes('admin'), id)
  }
  const hidden = ['listInteractions', 'streamFacts', 'revealCaller']
  assert.deepEqual(
    reachedBy('analyst').filter((id) => hidden.includes(id)),
    [],
  )
})

test('analysts may not find out words and numbers by asking for them', async () => {
  const { ask } = cast.people.analyst
  await cast.people.dispatcher.ask('POST', '/api/calls/', {
    call_sid: 'CA-asked',
    caller_number: '+15550177',
  })
  for (const query of ['search=help', 'caller_number=%2B15550177']) {
    const refused = await ask('GET', `/api/calls/?${query}`)
    const name = query.split('=')[0] ?? ''
    assert.deepEqual([refused.status, refused.body[name]?.length, refused.body.results], [403, 1, undefined])
  }
  const { body } = await ask('GET', '/api/calls/?status=active')
  assert.ok(body.results.some((one: { call_sid: string }) => one.call_sid === 'CA-asked'))
  assert.doesNotMatch(JSON.stringify(body), /5550177/)
})
