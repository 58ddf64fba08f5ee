import type { Operation } from '@toneout/contract/operation.ts'
import { type OperationId, operations } from '@toneout/contract/operations/all.ts'

/** A row's number that no test database has. */
export const noRow = 999_999_999

const place = { latitude: 37.77, longitude: -122.4 }
const reason = 'because'
const person = { employee_id: 'E-attack', full_name: 'Some One' }
const order = { emergency_call_id: noRow, ambulance_id: noRow, paramedic_id: noRow, hospital_id: noRow }

/** Bodies that are right, but for rows that are not there; an operation that is not here gets {}. */
export const samples: Partial<Record<OperationId, Record<string, unknown>>> = {
  openCall: { call_sid: 'CA-attack', caller_number: '+15550199', location: 'Pier 1', language: 'en' },
  putCall: { location: 'Pier 2', category: 'GENERAL' },
  patchCall: { location: 'Pier 3', incident_number: 'X-1' },
  addInteraction: { speaker: 'CALLER', message: 'help', language: 'en' },
  reviseInteraction: { message: 'help me' },
  revealCaller: { reason },
  holdCall: { reason },
  openIncident: { emergency_type: 'FIRE', location: 'Pier 4', notes: 'blue door' },
  changeIncident: { location: 'Pier 5', notes: 'red door' },
  closeIncident: { disposition: 'NO_PATIENT', reason },
  cancelIncident: { disposition: 'FALSE_ALARM', reason },
  reopenIncident: { reason },
  mergeIncident: { into_id: noRow },
  dispatchAmbulance: order,
  dispatchAmbulanceAlias: order,
  dispatchUnits: { order_id: 'attack', unit_ids: [noRow] },
  divertUnit: { incident_id: noRow, reason },
  stepAssignment: { reason },
  correctAssignment: { hospital_id: noRow, reason },
  chooseHospital: { hospital_id: noRow, reason },
  reportDelay: { press_id: 'attack-press', cause: 'TRAFFIC', reason },
  raiseDuress: { press_id: 'attack-press' },
  clearDuress: { reason },
  createUnit: { unit_number: 'ATT1', unit_type: 'BASIC', capabilities: ['ladder'], equipment: ['axe'] },
  patchUnit: { unit_number: 'ATT2', capabilities: ['ladder'] },
  moveUnit: { to: 'POST' },
  addNote: { text: 'gate is locked' },
  sendCrewMessage: { text: 'use the back gate' },
  setClosure: { ...place, reason },
  tellFindings: { findings: [{ field: 'access', value: 'code 4417', quote: 'it is 4417' }] },
  createWebhook: { url: 'https://attack.example.org/hook', events: ['NEW_EMERGENCY'] },
  changeWebhook: { active: false },
  changeContact: { duty: 'NEVER' },
  testChannel: { channel: 'SMS' },
  addPushSubscription: {
    endpoint: 'https://push.example.org/attack',
    keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
  },
  changeCalls: { call_sids: ['no-such-call'], add_tags: ['attack'], status: 'ACTIVE', reviewer_id: noRow },
  chooseColumns: { columns: ['location'] },
  saveView: { name: 'attack', query: 'status=ACTIVE' },
  addKey: { name: 'attack', role: 'reader' },
  patchKey: { name: 'attack 2' },
  writeHandover: { text: 'B2 has a flat tyre', desk: 'Desk 1' },
  setUnitDuty: { duty: 'OFF_DUTY', reason },
  reportPosition: place,
  reportPositions: { positions: [{ unit_number: 'NONE', ...place }] },
  createHospital: { name: 'Attack', address: '1 Main', phone: '+1', ...place },
  patchHospital: { available_beds: 0, diversion: 'OPEN' },
  createStation: { name: 'Attack', address: '1 Main', ...place },
  patchStation: { name: 'Attack 2', address: '2 Main' },
  addPerson: { username: 'attacked', password: 'a password of some length', role: 'analyst' },
  patchPerson: { role: 'analyst' },
  replacePassword: { password: 'a password of some length' },
  addParamedic: { person_id: noRow, ...person, license_number: 'L-attack', shift: 'night' },
  patchParamedic: { full_name: 'Some One', emergency_contact: 'x' },
  addDispatcher: { person_id: noRow, ...person, shift: 'night' },
  patchDispatcher: { full_name: 'Some One', emergency_contact: 'x' },
  createToken: { username: 'nobody', password: 'a password of some length' },
  refreshToken: { refresh: 'x' },
  signIn: { username: 'nobody', password: 'a password of some length' },
}

export const sampleOf = (id: OperationId): Record<string, unknown> => samples[id] ?? {}

/** Every operation with its name. */
export const everything = Object.entries(operations) as [OperationId, Operation][]

type Filling = { id?: number | string; call_sid?: string }

/** The path with its parts filled; by default for rows that are not there. */
export function fillPath(
  { path }: Operation,
  { id = noRow, call_sid = 'no-such-call' }: Filling = {},
): string {
  const parts: Record<string, string | number> = { id, call_sid, step: 'acknowledge' }
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name] ?? 'x')))
}

export const hasRow = ({ path }: Operation): boolean => /\{(id|call_sid)\}/.test(path)
