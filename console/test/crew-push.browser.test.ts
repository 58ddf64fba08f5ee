import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { CDPSession, Page } from 'playwright-core'
import { button, type Crews, eventually, isOnline, openCrews } from './crews.ts'

let crews: Crews
before(async () => {
  crews = await openCrews()
})
after(() => crews?.close())

/** Gives a message to the service worker as the browser does when a push service has brought one. */
async function push(session: CDPSession, page: Page, data: object): Promise<void> {
  const known = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.endsWith('/unit'))
      if (ours) resolve(ours.registrationId)
    }),
  )
  await session.send('ServiceWorker.enable')
  const { origin } = new URL(page.url())
  await session.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await known,
    data: JSON.stringify(data),
  })
}

type Shown = { title: string; tag: string; body: string }
type Catching = {
  caught?: Shown[]
  registration: { showNotification: (title: string, more: object) => Promise<void> }
}

/** The browser of the tests has nowhere to show a notification: what it is told to show is caught. */
async function caught(page: Page): Promise<() => Promise<Shown[]>> {
  const context = page.context()
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await worker.evaluate(() => {
    const self = globalThis as unknown as Catching
    self.caught = []
    self.registration.showNotification = async (title, more) =>
      void self.caught?.push({ title, ...more } as Shown)
  })
  return () => worker.evaluate(() => (globalThis as unknown as Catching).caught ?? [])
}

it('shows what the server sends while nobody looks, and says why it cannot be asked for', async () => {
  const crew = await crews.makeCrew('Mia Berg')
  const page = await crews.newPhone()
  await crews.signIn(page, crew)
  await isOnline(page)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  const shown = await caught(page)
  const session = await page.context().newCDPSession(page)
  const told = { tag: 'toneout-7-1', title: 'M1-1: new incident', text: 'I-26-000007, P1, cardiac' }
  await push(session, page, told)
  await eventually(async () => (await shown()).length === 1)
  const [{ tag, title, body }] = (await shown()) as [Shown]
  assert.deepEqual([tag, title, body], [told.tag, told.title, told.text])
  await button(page, 'More').click()
  await button(page, 'Tell me also while this page is closed').click()
  await page.getByText('This browser was told to show no notifications').waitFor()
  assert.deepEqual(crews.complaints, [])
  await page.context().close()
})
