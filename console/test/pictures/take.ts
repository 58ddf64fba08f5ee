import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../../server/test/support/browser.ts'
import type { Account } from './accounts.ts'
import { type DemoCentre, openDemoCentre } from './demo-centre.ts'
import { furnish, type Picture, pictures } from './pictures.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
/** Bytes of all pictures together: they come with every copy of the repository. */
const heaviestOfAll = 3_000_000
const patienceMs = 120_000

type Kept = Pick<Picture, 'name' | 'ending'>
/** Pictures that could not be taken, and why. */
const missed: string[] = []

async function signedIn(page: Page, url: string, { username, password }: Account): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByLabel('Username').waitFor({ state: 'detached' })
}

/** Keeps the page as it is now; what it shows moves, so a picture is never the same twice. */
async function keep(page: Page, folder: string, { name, ending = 'png' }: Kept): Promise<number> {
  const path = join(folder, `${name}.${ending}`)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot(ending === 'png' ? { path } : { path, type: 'jpeg', quality: 80 })
  const { size } = statSync(path)
  say(`${path} ${Math.round(size / 1_000)} KB`)
  return size
}

async function ofDesks(
  browser: Browser,
  centre: DemoCentre,
  folder: string,
  chief: Account,
): Promise<number> {
  const accounts: Record<Picture['eye'], Account> = { supervisor: chief, admin: centre.admin }
  let bytes = 0
  for (const eye of ['supervisor', 'admin'] as const) {
    const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
    context.setDefaultTimeout(patienceMs)
    const page = await context.newPage()
    await signedIn(page, `${centre.url}/account`, accounts[eye])
    for (const picture of pictures.filter((one) => one.eye === eye)) {
      const { name, path, theme = 'dark', ready } = picture
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.goto(centre.url + path)
      // One page that does not come keeps nobody from the others.
      const fault = await ready(page).then(
        () => undefined,
        (error: Error) => error.message.split('\n')[0],
      )
      if (fault === undefined) bytes += await keep(page, folder, picture)
      else missed.push(`${name}: ${fault}`)
    }
    await context.close()
  }
  return bytes
}

async function ofPhone(browser: Browser, centre: DemoCentre, folder: string, crew: Account): Promise<number> {
  const context = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    colorScheme: 'dark',
  })
  context.setDefaultTimeout(patienceMs)
  const page = await context.newPage()
  await signedIn(page, `${centre.url}/unit`, crew)
  await page.locator('.next').waitFor()
  const bytes = await keep(page, folder, { name: 'crew-phone' })
  await context.close()
  return bytes
}

/** Makes every picture of docs/ from the demo at work. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { to: { type: 'string', default: 'docs/images' } } })
  mkdirSync(values.to, { recursive: true })
  say('Starting the demo, which plays 45 minutes first.')
  const centre = await openDemoCentre()
  const browser = await openBrowser()
  try {
    const { chief, crew } = await furnish(centre)
    const bytes =
      (await ofPhone(browser, centre, values.to, crew)) + (await ofDesks(browser, centre, values.to, chief))
    say(`${Math.round(bytes / 1_000)} KB in all.`)
    for (const one of missed) say(one)
    if (bytes <= heaviestOfAll) return missed.length === 0 ? 0 : 1
    say(`More than ${heaviestOfAll / 1_000} KB: take fewer or smaller ones.`)
    return 1
  } finally {
    await browser.close()
    await centre.close()
  }
}

process.exit(await main())
