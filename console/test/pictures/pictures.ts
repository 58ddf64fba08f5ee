import type { Page } from 'playwright-core'
import type { DemoCentre } from './demo-centre.ts'

/** Who is signed in when a picture is taken. */
export type Eye = 'supervisor' | 'admin'

export type Picture = {
  /** Its file, without the ending. */
  name: string
  eye: Eye
  path: string
  theme?: 'light' | 'dark'
  /** JPEG where a map would be heavy as PNG. */
  ending?: 'png' | 'jpg'
  /** What must be there, and what is pressed before. */
  ready: (page: Page) => Promise<unknown>
}

const list = (page: Page) => page.locator('.list-end').first().waitFor()
const openFirst = (page: Page) => page.locator('.list .row-name').first().click()
const side = (page: Page) => page.locator('.side .facts, .side form').first().waitFor()

/** A list, and what stands beside it. */
const beside = async (page: Page) => {
  await list(page)
  await side(page)
}

/** A list with its first row opened. */
const opened = async (page: Page) => {
  await list(page)
  await openFirst(page)
  await side(page)
}

/** Nothing tells when a map has drawn all its tiles. */
async function mapDrawn(page: Page) {
  await page.locator('canvas.maplibregl-canvas').waitFor()
  await page.waitForTimeout(8_000)
}

/** The console with an incident chosen that waits or is under way, and with its map. */
async function busyConsole(page: Page) {
  await page.locator('.incidents tr[data-key]').first().click()
  await mapDrawn(page)
}

async function busyWall(page: Page) {
  await page.locator('.wall-main tbody tr').first().waitFor()
  await mapDrawn(page)
}

export const pictures: readonly Picture[] = [
  { name: 'live-page', eye: 'supervisor', path: '/', ready: busyConsole },
  {
    name: 'live-page-light',
    eye: 'supervisor',
    path: '/',
    theme: 'light',
    ending: 'jpg',
    ready: busyConsole,
  },
  {
    name: 'calls',
    eye: 'supervisor',
    path: '/calls',
    theme: 'light',
    ready: (page) => page.locator('tbody tr').first().waitFor(),
  },
  {
    name: 'analytics',
    eye: 'supervisor',
    path: '/analytics',
    theme: 'light',
    ready: (page) => page.locator('svg.recharts-surface').first().waitFor(),
  },
  { name: 'wall', eye: 'supervisor', path: '/wall', ending: 'jpg', ready: busyWall },
  { name: 'units', eye: 'supervisor', path: '/units', ready: opened },
  { name: 'hospitals', eye: 'supervisor', path: '/hospitals', theme: 'light', ready: opened },
  { name: 'people', eye: 'admin', path: '/people?search=chief', ready: opened },
  {
    name: 'keys',
    eye: 'admin',
    path: '/keys?key=new',
    theme: 'light',
    ready: beside,
  },
  { name: 'settings', eye: 'admin', path: '/settings', ready: opened },
  { name: 'messages', eye: 'admin', path: '/messages?show=all', ready: opened },
  {
    name: 'channels',
    eye: 'admin',
    path: '/channels?channel=2',
    theme: 'light',
    ready: beside,
  },
  { name: 'imports', eye: 'admin', path: '/imports', ready: opened },
  {
    name: 'history',
    eye: 'admin',
    path: '/history?type=setting_changed',
    ready: async (page) => {
      await opened(page)
      await page.getByRole('button', { name: 'Check the chain' }).click()
      await page
        .getByRole('status')
        .getByText(/^Whole at/)
        .waitFor()
    },
  },
]

/** What makes the pages of an admin worth a picture: settings that were changed, a key, and a unit's crew. */
export async function furnish({ ask, addPerson }: DemoCentre) {
  const good = async (reply: ReturnType<typeof ask>) => {
    const { status, body } = await reply
    if (status >= 300) throw new Error(JSON.stringify(body))
    return body
  }
  const chief = await addPerson('supervisor', 'chief.rivera')
  const ann = await addPerson('dispatcher', 'ann.okafor')
  await good(ask('PATCH', `/api/people/${ann.id}/contact/`, { duty: 'ALWAYS' }))
  await good(
    ask('PATCH', `/api/people/${chief.id}/contact/`, {
      email: 'rivera@port-halvard.example',
      language: 'es',
      duty: 'ALWAYS',
    }),
  )
  await good(ask('POST', '/api/keys/', { name: 'County wall board', role: 'reader' }))
  await good(ask('PATCH', '/api/settings/', { response_plans: { STROKE: { 2: ['ADVANCED'] } } }))
  await good(ask('PATCH', '/api/settings/', { transcripts_days: 365, positions_days: 30 }))
  const { results } = await good(ask('GET', '/api/units/?status=EN_ROUTE&page_size=1'))
  const unit = results[0] ?? (await good(ask('GET', '/api/units/?status=ON_SCENE&page_size=1'))).results[0]
  const crew = await addPerson('paramedic', 'eva.ruiz')
  const profile = { employee_id: 'E-9001', full_name: 'Eva Ruiz', license_number: 'P-9001' }
  const more = { person_id: crew.id, unit_id: unit.id, license_expiry: '2999-01-01' }
  await good(ask('POST', '/api/paramedics/', { ...profile, ...more }))
  // Told of something, so that there are messages: she is in a crew, and the others are on call.
  await good(ask('POST', '/api/contact-tests/'))
  return { chief, crew }
}
