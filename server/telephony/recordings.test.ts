import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { publicUrl, twilioSetUp } from '../test/support/twilio.ts'

const limit = { timeout: 240_000 }
const sound = Buffer.from('ID3 the sound of a recording')

let twilio: Server
let apiBase: string
let server: TestServer
let bare: TestServer
/** What the stand-in was asked for, and its next answer. */
const asked: { url: string | undefined; login: string | undefined }[] = []
let status = 200

const rows = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  twilio = createServer((request, reply) => {
    asked.push({ url: request.url, login: request.headers.authorization })
    reply.writeHead(status, { 'content-type': 'audio/mpeg' })
    reply.end(status === 200 ? sound : 'no')
  })
  await new Promise<void>((done) => twilio.listen(0, '127.0.0.1', done))
  apiBase = `http://127.0.0.1:${(twilio.address() as AddressInfo).port}`
  const channels = { twilio: { ...twilioSetUp, apiBase }, webhookHosts: [] }
  server = await startTestServer({ config: { channels, publicUrl } })
  bare = await startTestServer()
}, limit)
after(async () => {
  await Promise.all([server?.close(), bare?.close()])
  twilio.close()
})

async function addRecording({ ctx, baseUrl, key }: TestServer, call_sid: string, url: string) {
  const opened = await withKey(baseUrl, key)('POST', '/api/calls/', {
    ...{ call_sid, caller_number: '+15550142' },
  })
  assert.equal(opened.status, 201, JSON.stringify(opened.body))
  await ctx.db.pool.query(
    `INSERT INTO call_recordings (recording_sid, call_id, url, duration_seconds, started_at)
     SELECT 'RE' || call_sid, id, $2, 12, created_at FROM calls WHERE call_sid = $1`,
    [call_sid, url],
  )
  return `/api/calls/${call_sid}/recordings/RE${call_sid}/sound/`
}
const heard = (call_sid: string) =>
  rows(
    `SELECT f.actor_name, f.data FROM facts f JOIN calls c ON c.id = f.call_id
     WHERE c.call_sid = $1 AND f.type = 'recording_heard' ORDER BY f.id`,
    [call_sid],
  )

test('is fetched with the login of the account, and each time is on record', limit, async () => {
  const path = await addRecording(server, 'R1', `${apiBase}/2010-04-01/Recordings/RER1`)
  const { ask } = await signIn(server, 'hearer', 'supervisor')
  const { status: answer, body, headers } = await ask('GET', path)
  assert.deepEqual([answer, body], [200, sound.toString()])
  assert.equal(headers.get('content-type'), 'audio/mpeg')
  const login = Buffer.from(`${twilioSetUp.accountSid}:${twilioSetUp.authToken}`).toString('base64')
  assert.deepEqual(asked.at(-1), { url: '/2010-04-01/Recordings/RER1.mp3', login: `Basic ${login}` })
  assert.deepEqual(await heard('R1'), [{ actor_name: 'hearer', data: { recording_sid: 'RER1' } }])
  const before = asked.length
  assert.equal((await ask('HEAD', path)).status, 200)
  assert.deepEqual([asked.length, (await heard('R1')).length], [before, 1])
})

test('is for desks, supervisors and admins', limit, async () => {
  const path = await addRecording(server, 'R2', `${apiBase}/Recordings/RER2`)
  for (const [role, expected] of [
    ['dispatcher', 200],
    ['admin', 200],
    ['analyst', 403],
    ['paramedic', 403],
  ] as const) {
    const { ask } = await signIn(server, `r-${role}`, role)
    assert.equal((await ask('GET', path)).status, expected, role)
  }
})

test('what cannot be had is told, and is not on record as heard', limit, async () => {
  const { ask } = await signIn(server, 'seeker', 'dispatcher')
  const elsewhere = await addRecording(server, 'R3', 'https://example.org/secret')
  const gone = await addRecording(server, 'R4', `${apiBase}/Recordings/RER4`)
  const asks = asked.length
  assert.equal((await ask('GET', elsewhere)).status, 404)
  assert.equal(asked.length, asks)
  for (const [twilioSays, expected] of [
    [404, 404],
    [401, 503],
    [500, 503],
  ] as const) {
    status = twilioSays
    assert.equal((await ask('GET', gone)).status, expected, String(twilioSays))
  }
  status = 200
  assert.equal((await ask('GET', '/api/calls/R4/recordings/other/sound/')).status, 404)
  assert.equal((await ask('GET', '/api/calls/nobody/recordings/RER4/sound/')).status, 404)
  assert.deepEqual([await heard('R3'), await heard('R4')], [[], []])
  const unset = await addRecording(bare, 'R5', `${apiBase}/Recordings/RER5`)
  const other = await signIn(bare, 'seeker', 'dispatcher')
  const { status: refused, body } = await other.ask('GET', unset)
  assert.deepEqual([refused, body.code], [409, 'channel_not_ready'])
})
