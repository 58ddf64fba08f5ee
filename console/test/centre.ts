import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { makeHospital, signIn } from '../../server/test/support/centre.ts'
import type { Ask } from '../../server/test/support/http.ts'
import { openDesk } from './desk.ts'

export type StaffedDesk = Awaited<ReturnType<typeof openStaffedDesk>>

/** The body of a reply that must be good. */
export async function ok(reply: ReturnType<Ask>) {
  const { status, body } = await reply
  assert.ok(status < 300, JSON.stringify(body))
  return body
}

/** A desk with a dispatcher, ann, and units B1 to B6, each further north of where all incidents are. */
export async function openStaffedDesk(options: Parameters<typeof openDesk>[0] = {}) {
  const desk = await openDesk(options)
  const { ask } = await signIn(desk.server, 'ann', 'dispatcher')
  const chief = (await signIn(desk.server, 'chief', 'supervisor')).ask
  const units = new Map<string, number>()

  const report = (number: string, steps: number, secondsAgo = 0) => {
    const at = new Date(Date.now() - secondsAgo * 1000).toISOString()
    const place = { latitude: 37.77 + steps / 100, longitude: -122.4 }
    return ok(ask('POST', `/api/units/${units.get(number)}/position/`, { ...place, at }))
  }
  const addUnit = async (unit_number: string, unit_type: string, steps: number, secondsAgo = 0) => {
    const { id } = await ok(chief('POST', '/api/units/', { unit_number, unit_type }))
    units.set(unit_number, id)
    await report(unit_number, steps, secondsAgo)
  }
  for (const [steps, number] of ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'].entries()) {
    await addUnit(number, 'BASIC', steps)
  }
  await makeHospital(desk.server, 'General')
  return {
    ...desk,
    ask,
    ann: { username: 'ann', password: 'password of ann' },
    units,
    report,
    addUnit,
    /** A call that raises an incident by itself. */
    async raise(location: string, more: object = {}): Promise<{ sid: string; id: number }> {
      const place = { latitude: 37.77, longitude: -122.4, location }
      const facts = { emergency_type: 'MEDICAL', priority_level: 'LOW', ...place, ...more }
      const sid = await desk.openCall(facts)
      const { body } = await desk.post('GET', `/api/calls/${sid}/`)
      return { sid, id: body.incident_id }
    },
    cancel: (id: number) => ok(ask('POST', `/api/incidents/${id}/cancel/`, { disposition: 'FALSE_ALARM' })),
    unitRow: (page: Page, number: string) => page.locator(`.units tr[data-key="${units.get(number)}"]`),
    /** Waits until the board of units has it under a status, in the board's words. */
    hasStatus: (page: Page, number: string, words: string) =>
      page
        .locator(`.units tr[data-key="${units.get(number)}"] .c-unit .unseen`, { hasText: words })
        .waitFor(),
  }
}

export const incidentRow = (page: Page, location: string) =>
  page.locator('.incidents tr[data-key]', { hasText: location })

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Waits until the button that sends units is armed. */
export const armed = (page: Page, name: string) =>
  page.locator('#dispatch-button[aria-disabled="false"]', { hasText: name }).waitFor()
