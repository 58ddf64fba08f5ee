import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Eido } from '@toneout/contract/model/eido.ts'
import { emsTimes } from '@toneout/contract/model/ems-times.ts'
import { makeHospital, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let desk: Ask
let incident: number
let assignment: number
let hospital: number
const ok = async (method: string, path: string, body?: object) => {
  const reply = await desk(method, path, body)
  assert.ok(reply.status < 300, `${path}: ${JSON.stringify(reply.body)}`)
  return reply.body
}

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'supervisor')).ask
  const [unit] = await makeUnits(server, 1, 'E')
  hospital = await makeHospital(server, 'General')
  const place = { location: '7 <Quay> & Co', latitude: 48.1, longitude: 16.2 }
  const raised = await ok('POST', '/api/incidents/', { emergency_type: 'CARDIAC', priority: 1, ...place })
  incident = raised.id
  const order = { order_id: 'eido-1', unit_ids: [unit] }
  const sent = await ok('POST', `/api/incidents/${incident}/assignments/`, order)
  assignment = sent.assignments[0].id
  for (const step of ['acknowledge', 'en-route', 'on-scene'])
    await ok('POST', `/api/assignments/${assignment}/${step}/`)
})
after(() => server?.close())

type Component = Record<string, unknown>
const prologue = ['$id', 'lastUpdateTimeStamp', 'updatedByAgencyReference', 'updatedByAgentReference']
/**
 * Fields by component, the required ones first, from the schema in NENA-STA-021.1b-2022. Written apart from
 * the server's own schema, so that a misspelt name shows.
 */
const standard: Readonly<Record<string, { required: string[]; optional: string[] }>> = {
  incidentComponent: {
    required: ['incidentTypeCommonRegistryText'],
    optional: [
      ...['incidentTypeInternalCode', 'incidentTypeInternalText', 'incidentStatusInternalText'],
      ...['incidentStatusCommonRegistryText', 'internalIncidentId', 'agentReference', 'locationReference'],
      ...['personReference', 'vehicleReference', 'documentIdentification', 'reportNumberType'],
      ...['incidentPriorityInternalText', 'incidentCommonPriorityNumber', 'beatOrDispatchGroupText'],
      ...['dispositionComponent', 'notesReference'],
    ],
  },
  dispositionComponent: {
    required: ['dispositionCommonRegistryCode'],
    optional: [
      ...['dispositionPrimaryIndicator', 'dispositionCategoryText', 'dispositionDescriptionText'],
      'notesReference',
    ],
  },
  agencyComponent: {
    required: ['agencyRoleDescriptionRegistryText', 'agencyType'],
    optional: ['agencyJcard', 'incidentOwningAgencyIndicator', 'notesReference'],
  },
  locationComponent: {
    required: ['locationTypeDescriptionRegistryText'],
    optional: [
      ...['locationByValue', 'locationDescriptionText', 'locationByReferenceUrl', 'crossStreetByValue'],
      ...['crossStreetByReferenceUrl', 'additionalDataReference', 'notesReference'],
    ],
  },
  dispatchComponent: {
    required: [],
    optional: ['agencyReference', 'agentReference', 'emergencyResourceReference', 'notesReference'],
  },
  emergencyResourceComponent: {
    required: [
      ...['emergencyResourceTypeCommonRegistryText', 'primaryUnitStatusRegistryText'],
      ...['secondaryUnitStatusRegistryText', 'resourceAttributeRegistryText', 'agentReference'],
    ],
    optional: [
      ...['emergencyResourceTypeInternalText', 'emergencyResourceName', 'eta', 'unitStatusInternal'],
      ...['unitLocationReference', 'unitDestinationReference', 'personReference', 'vehicleReference'],
      'notesReference',
    ],
  },
}

/** All components of a document by the name of what holds them. */
function componentsOf(of: Component): [string, Component][] {
  return Object.entries(of).flatMap(([name, value]): [string, Component][] => {
    if (!Object.hasOwn(standard, name)) return []
    const all = (Array.isArray(value) ? value : [value]) as Component[]
    return all.flatMap((one): [string, Component][] => [[name, one], ...componentsOf(one)])
  })
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => (name === '$ref' ? [one as string] : references(one)))
}

async function readObject(): Promise<Eido> {
  const body = await ok('GET', `/api/incidents/${incident}/eido/`)
  assert.equal(body.eidoVersion, '1.0')
  assert.ok(body.issuingElementIdentification)
  const known = ['eidoVersion', 'issuingElementIdentification', ...prologue, ...Object.keys(standard)]
  assert.deepEqual(
    Object.keys(body).filter((name) => !known.includes(name)),
    [],
  )
  const components = componentsOf(body)
  for (const [name, one] of components) {
    const { required, optional } = standard[name] as { required: string[]; optional: string[] }
    for (const field of [...required, ...prologue.slice(0, 3)]) assert.ok(field in one, `${name}.${field}`)
    const fields = [...required, ...optional, ...prologue]
    assert.deepEqual(
      Object.keys(one).filter((field) => !fields.includes(field)),
      [],
      name,
    )
  }
  const ids = components.map(([, one]) => one.$id)
  assert.equal(new Set(ids).size, ids.length)
  for (const to of references(body)) assert.ok(ids.includes(to), `${to} is nowhere`)
  return body as Eido
}

test('an incident on its way is an object of the standard', async () => {
  const { incidentComponent, locationComponent, emergencyResourceComponent } = await readObject()
  assert.deepEqual(incidentComponent.incidentStatusCommonRegistryText, ['Active', 'ResourcesOnscene'])
  assert.equal(incidentComponent.incidentCommonPriorityNumber, 10)
  assert.match(String(locationComponent?.[0]?.locationByValue), /<gml:pos>48.1 16.2<\/gml:pos>/)
  assert.deepEqual(emergencyResourceComponent?.[0]?.unitStatusInternal, ['ON_SCENE'])
})

test('one that was closed tells how it ended', async () => {
  await ok('POST', `/api/assignments/${assignment}/transport/`, { hospital_id: hospital })
  for (const step of ['at-hospital', 'clear']) await ok('POST', `/api/assignments/${assignment}/${step}/`)
  await ok('POST', `/api/incidents/${incident}/close/`, { disposition: 'TREATED_AND_TRANSPORTED' })
  const [disposition] = (await readObject()).incidentComponent.dispositionComponent ?? []
  assert.equal(disposition?.dispositionCommonRegistryCode, '45')
  assert.equal((await desk('GET', '/api/incidents/99999/eido/')).status, 404)
})

test('times by the numbers of NEMSIS, corrected, with an offset and without a Z', async () => {
  const [{ en_route_at, on_scene_at }] = (await ok('GET', '/api/assignments/')).results
  const earlier = { milestone: 'on_scene_at', at: en_route_at, reason: 'The crew was there before.' }
  await ok('POST', `/api/assignments/${assignment}/correct/`, earlier)
  const [run] = (await ok('GET', '/api/assignments/')).results
  assert.equal(run.on_scene_at, on_scene_at)
  const { status, body } = await desk('GET', '/api/exports/ems-times/?format=json')
  assert.equal(status, 200)
  assert.equal(body.length, 1)
  const [row] = body
  const names = Object.keys(row).filter((name) => name.startsWith('eTimes.'))
  assert.deepEqual(names, Object.keys(emsTimes))
  assert.equal(names.length, 17)
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/
  for (const name of names) assert.ok(row[name] === null || form.test(row[name]), `${name} ${row[name]}`)
  const seconds = (text: string) => Math.floor(Date.parse(text) / 1_000)
  const milestones = {
    ...{ '03': 'assigned_at', '04': 'acknowledged_at', '05': 'en_route_at', '06': 'on_scene_at' },
    ...{ '09': 'transporting_at', 11: 'at_hospital_at', 13: 'cleared_at', 16: 'cleared_at' },
  }
  for (const [number, name] of Object.entries(milestones)) {
    assert.equal(seconds(row[`eTimes.${number}`]), seconds(run.corrections[name] ?? run[name]), name)
  }
  for (const number of ['02', '08', '10', '15', '17']) assert.equal(row[`eTimes.${number}`], null)
})
