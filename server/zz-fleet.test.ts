import { startTestServer } from '/work/main/server/test/support/test-server.ts'
import { readFleet as near, readWholeFleet as readFleet } from '/work/main/server/recommendations/store.ts'
import { toRankable } from '/work/main/server/recommendations/recommend.ts'
import { rankUnits } from '/work/main/server/recommendations/rules.ts'
import { crowTimes } from '/work/main/server/lib/geo.ts'
import { planOf, defaultNeeds } from '/work/main/server/recommendations/response-plans.ts'
import { test } from 'node:test'
test('x', async () => {
const server = await startTestServer(); const p = server.ctx.db.pool
await p.query(`INSERT INTO units (id, unit_number, unit_type, latitude, longitude, position_at, updated_at) OVERRIDING SYSTEM VALUE
  SELECT n, 'U' || n, (ARRAY['BASIC','ADVANCED','CRITICAL','FIRE','POLICE','BASIC','ADVANCED'])[n % 7 + 1],
    37.75 + 0.4 * sin(n * 12.9898), -122.45 + 0.5 * sin(n * 78.233), now(), now() FROM generate_series(1, 10000) n`).catch(e=>console.log(e.message))
await p.query(`INSERT INTO incidents (id, incident_number, priority, emergency_type, location, latitude, longitude, received_at, updated_at) OVERRIDING SYSTEM VALUE
  SELECT n, 'I-26-' || n, 1, 'CARDIAC', '21 Harbour Street', 37.78, -122.41, now(), now() FROM generate_series(1, 2501) n`).catch(e=>console.log(e.message))
await p.query(`INSERT INTO assignments (incident_id, unit_id, assigned_at) SELECT n / 4 + 1, n, now() FROM generate_series(4, 10000, 4) n`)
await p.query('VACUUM (ANALYZE) units, incidents, assignments')
const time = async (name: string, f: () => unknown) => { const t: number[]=[]; const c=process.cpuUsage(); for(let i=0;i<25;i++){const b=performance.now(); await f(); t.push(performance.now()-b)}; const u=process.cpuUsage(c); t.sort((a,b)=>a-b); console.log(name,'p50',t[12]!.toFixed(1),'min',t[0]!.toFixed(1),'node cpu',((u.user+u.system)/25000).toFixed(1)) }
const fleet = await readFleet(server.ctx.db)
await time('readFleet', () => readFleet(server.ctx.db))
await time('rank', () => { const at=new Date().toISOString(); const units=fleet.map(toRankable); rankUnits(planOf(defaultNeeds,'CARDIAC',1),{id:1},units,crowTimes(units,{latitude:37.78,longitude:-122.41},'siren',at),at) })
const q=`SELECT u.id, u.unit_number, u.unit_type, u.duty, u.latitude, u.longitude, u.position_at,
      NOT EXISTS (SELECT FROM paramedics p WHERE p.unit_id = u.id) OR EXISTS (SELECT FROM paramedics p WHERE p.unit_id = u.id AND p.available) AS has_crew,
      a.incident_id, i.incident_number, a.id AS assignment_id, a.status AS assignment_status, i.priority
    FROM units u LEFT JOIN assignments a ON a.unit_id = u.id AND a.status NOT IN ('CLEARED','CANCELLED','DIVERTED') LEFT JOIN incidents i ON i.id = a.incident_id
    WHERE u.retired_at IS NULL`
const ex=(await p.query('EXPLAIN ANALYZE '+q+' ORDER BY u.id LIMIT 10000')).rows.map((r:any)=>r['QUERY PLAN']); console.log(ex.slice(-3).join('\n'))
await time('near', () => near(server.ctx.db,{id:1,latitude:37.78,longitude:-122.41,usableSince:new Date(Date.now()-300000).toISOString()}))
console.log((await near(server.ctx.db,{id:1,latitude:37.78,longitude:-122.41,usableSince:new Date(Date.now()-300000).toISOString()})).length,(await near(server.ctx.db,{id:1,latitude:null,longitude:null,usableSince:new Date(Date.now()-300000).toISOString()})).length)
await server.close()
})
