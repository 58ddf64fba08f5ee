import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hashPassword } from '../server/lib/crypto.ts'
import type { Scene, Stage } from './stage.ts'

const accountSid = `AC${'0b'.repeat(16)}`

/** Twilio's answers take about so long. */
const providerMs = 100

export type Provider = {
  /** Environment of a server that sends by it. */
  env: Record<string, string>
  /** Told of each message's number when its request has come in as a whole. */
  onMessage: (heard: (to: string) => void) => void
}

/** Stands in for Twilio: takes each message after the time it takes there. */
export async function openProvider(stage: Stage): Promise<Provider> {
  let heard: (to: string) => void = () => {}
  const took = JSON.stringify({ sid: `SM${'0'.repeat(32)}`, status: 'queued' })
  const server = createServer((request, reply) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      heard(new URLSearchParams(body).get('To') ?? '')
      setTimeout(() => reply.writeHead(201, { 'content-type': 'application/json' }).end(took), providerMs)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  stage.onClose(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(() => done()))
  })
  const { port } = server.address() as AddressInfo
  return {
    env: {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: 'a token of the bench',
      TWILIO_FROM: '+15550100',
      TWILIO_API_BASE: `http://127.0.0.1:${port}`,
    },
    onMessage(next) {
      heard = next
    },
  }
}

export type Crew = { unit: number; incident: number; phone: string; token: string }

async function ask<T>(port: number, method: string, path: string, body: object, token?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const url = `http://127.0.0.1:${port}${path}`
  const reply = await fetch(url, { method, headers, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${method} ${path} was answered with ${reply.status}`)
  return (await reply.json()) as T
}

const signIn = async (port: number, username: string, password: string) =>
  (await ask<{ access: string }>(port, 'POST', '/api/token/', { username, password })).access

/** Crews of one each, who are signed in and have a phone, with an incident for each to be sent to. */
export async function makeCrews(
  { sql, server, aiKey }: Scene,
  round: number,
  count: number,
): Promise<Crew[]> {
  const { port } = server
  const hash = await hashPassword(aiKey)
  const admin = await signIn(port, 'admin', aiKey)
  const crews: Crew[] = []
  for (let n = 0; n < count; n += 1) {
    const name = `r${round}n${n}`
    const text = `WITH person AS (INSERT INTO people (username, password_hash, role, created_at)
        VALUES ($1, $2, 'paramedic', now()) RETURNING id),
      unit AS (INSERT INTO units (unit_number, unit_type, latitude, longitude, position_at, updated_at)
        VALUES ($1, 'ADVANCED', 37.7, -122.4, now(), now()) RETURNING id),
      medic AS (INSERT INTO paramedics (person_id, unit_id, employee_id, full_name, license_number,
          license_expiry, updated_at)
        SELECT person.id, unit.id, $1, $1, $1, '2999-01-01', now() FROM person, unit),
      incident AS (INSERT INTO incidents (incident_number, priority, emergency_type, location, received_at,
          updated_at) VALUES ('I-' || $1, 3, 'MEDICAL', '21 Harbour Street', now(), now()) RETURNING id)
      SELECT person.id::int AS person, unit.id::int AS unit, incident.id::int AS incident
        FROM person, unit, incident`
    type Made = { person: number; unit: number; incident: number }
    const { person, unit, incident } = (await sql.query<Made>(text, [name, hash])).rows[0] as Made
    const phone = `+1555${String(round * 1_000 + n).padStart(7, '0')}`
    await ask(port, 'PATCH', `/api/people/${person}/contact/`, { phone }, admin)
    crews.push({ unit, incident, phone, token: await signIn(port, name, aiKey) })
  }
  return crews
}

/** Follows a crew's stream as its page does; `heard` is told each time that something has changed. */
export async function openCrewStream(
  stage: Stage,
  port: number,
  { token }: Crew,
  heard: () => void,
): Promise<void> {
  const ending = new AbortController()
  stage.onClose(() => ending.abort())
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
  const reply = await fetch(`http://127.0.0.1:${port}/api/crew/stream/`, { headers, signal: ending.signal })
  if (!reply.ok || !reply.body) throw new Error(`a crew's stream was answered with ${reply.status}`)
  const lines = reply.body.pipeThrough(new TextDecoderStream())
  let greeted: () => void = () => {}
  const ready = new Promise<void>((resolve) => {
    greeted = resolve
  })
  const read = async () => {
    for await (const text of lines) {
      if (text.includes('event: hello')) greeted()
      if (text.includes('event: changed')) heard()
    }
  }
  // It is ended with the bench.
  read().catch(() => {})
  await ready
}
