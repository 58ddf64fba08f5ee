import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { paths } from '../../console/src/frame/paths.ts'
import { openDesk } from '../../console/test/desk.ts'
import { makeUnits, signIn } from './support/centre.ts'

/** No request of a page may need more, whatever it shows. */
const most = 8
/**
 * But these: signing in is several transactions, whose beginnings and ends count too; the summary asks for
 * its period and for the one before it.
 */
const more: Readonly<Record<string, number>> = { '/api/auth/sign-in/': 20, '/api/analytics/summary/': 17 }

let desk: Awaited<ReturnType<typeof openDesk>>

before(async () => {
  desk = await openDesk({ config: { serverTiming: true } })
  await makeUnits(desk.server, 3)
  const { ask } = await signIn(desk.server, 'chief', 'supervisor')
  for (let at = 0; at < 3; at += 1) {
    const place = { latitude: 37.77, longitude: -122.4, location: `${at} Harbour Street` }
    const sid = await desk.openCall({ emergency_type: 'CARDIAC', priority_level: 'HIGH', ...place })
    await desk.say(sid, { speaker: 'CALLER', message: 'He has chest pain' })
    await ask('POST', '/api/call-changes/', { call_sids: [sid], review: 'NEEDED', add_tags: ['press'] })
  }
})
after(() => desk?.close())

test('no request of any page takes more than eight statements', { timeout: 300_000 }, async () => {
  const page = await desk.newPage()
  const counts = new Map<string, number>()
  page.on('response', (reply) => {
    const { pathname } = new URL(reply.url())
    const told = /desc="(\d+) statements"/.exec(reply.headers()['server-timing'] ?? '')?.[1]
    if (!pathname.startsWith('/api/') || told === undefined) return
    counts.set(pathname, Math.max(counts.get(pathname) ?? 0, Number(told)))
  })
  await desk.signIn(page, '/')
  for (const path of paths) {
    const shown = path === '/calls/*' ? '/calls/CA-page-1' : path
    const query = path === '/calls' ? '?search=chest&call=CA-page-1' : ''
    await page.goto(desk.line.baseUrl + shown + query)
    await page.locator('main').waitFor()
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton'))
  }
  const tooMany = [...counts].filter(([path, count]) => count > (more[path] ?? most))
  assert.deepEqual(tooMany, [])
  // The walk has seen what lists of calls ask for, and statements were counted.
  for (const path of ['/api/calls/', '/api/call-facets/', '/api/calls/CA-page-1/history/']) {
    assert.ok((counts.get(path) ?? 0) > 0, `${path} ${[...counts.keys()]}`)
  }
  await page.context().close()
})
