import { appendFileSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'
import { signIn } from '../test/support/centre.ts'
import { startTestServer } from '../test/support/test-server.ts'

test('perf', { timeout: 500_000 }, async () => {
  const server = await startTestServer()
  const out = (s: string) => appendFileSync('/tmp/g-perf.txt', s + '\n')
  const client = new pg.Client({ connectionString: server.database.url })
  await client.connect()
  const q = async (t: string) => {
    const s = Date.now()
    await client.query(t)
    out(`${Date.now() - s} ms ${t.slice(0, 60)}`)
  }
  await q(
    `INSERT INTO units (unit_number, unit_type, updated_at) SELECT 'M'||n, 'ADVANCED', now() FROM generate_series(1,200) n`,
  )
  await q(`INSERT INTO incidents (incident_number,status,priority,emergency_type,received_at,closed_at,disposition,import_source,import_key,updated_at)
    SELECT 'x '||n,'CLOSED',1+n%4,(ARRAY['MEDICAL','FIRE','TRAUMA','OTHER'])[1+n%4], t, t+interval '1 hour','EVALUATED_ONLY','x',n::text,now()
    FROM (SELECT n, timestamptz '2025-01-01' + n * interval '31.5 s' AS t FROM generate_series(1,1000000) n) s`)
  await q(`INSERT INTO assignments (incident_id,unit_id,status,assigned_at,en_route_at,on_scene_at,transporting_at,at_hospital_at,cleared_at,import_source,import_key)
    SELECT i.id, 1+i.id%200,'CLEARED', received_at+r*interval '100 s', received_at+r*interval '200 s', received_at+r*interval '900 s',received_at+r*interval '1900 s',received_at+r*interval '2900 s',received_at+r*interval '3900 s','x',i.id::text FROM (SELECT *, 0.1+random() AS r FROM incidents) i`)
  await q(
    `INSERT INTO calls (call_sid, created_at, answered_at, answered_by, updated_at, incident_id, status, completed_at, duration_seconds) SELECT 'c'||i.id, received_at, received_at + interval '5 s','AI', now(), i.id,'COMPLETED', received_at+interval '60 s',60 FROM incidents i`,
  )
  await q('ANALYZE')
  const { ask } = await signIn(server, 'm', 'analyst')
  for (const [from, to] of [['2025-06-01','2025-07-01'],['2025-06-01','2025-06-08'],['2025-01-01','2026-01-01']] as const)
    for (const p of ['summary','volumes','intervals','intervals&by=DAY','units','hospitals','queue','ai']) {
      const [panel, more = ''] = p.split('&')
      const times: number[] = []
      let status = 0
      for (let k = 0; k < 3; k += 1) { const s = Date.now(); status = (await ask('GET', `/api/analytics/${panel}/?from=${from}T00:00:00Z&to=${to}T00:00:00Z&${more}`)).status; times.push(Date.now() - s) }
      out(`${from} ${to} ${p} ${status} ${times.join(' ')}`)
    }
  await client.end()
  await server.close()
})
