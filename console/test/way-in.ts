import type { PersonRole } from '@toneout/contract/roles.ts'
import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { signIn } from '../../server/test/support/centre.ts'
import type { Ask } from '../../server/test/support/http.ts'
import { ok } from './centre.ts'
import { openDesk } from './desk.ts'

/** What these tests bring about: what is typed wrong, too weak or too often, and what a role may not see. */
const provokes = /(400 \(Bad Request\)|403 \(Forbidden\)|429 \(Too Many Requests\))$/

export type Person = { id: number; username: string; password: string; ask: Ask }

/** A desk with people who come in by its page. */
export async function openDoor(options: Parameters<typeof openDesk>[0] = {}) {
  const desk = await openDesk({ provokes, ...options })
  const { server } = desk
  const admin = (await signIn(server, 'root', 'admin')).ask
  const run = (sql: string, values: unknown[]) => server.ctx.db.pool.query(sql, values)
  return {
    ...desk,
    admin,
    async makePerson(username: string, role: PersonRole): Promise<Person> {
      return { username, password: `password of ${username}`, ...(await signIn(server, username, role)) }
    },
    /** Sets an authenticator app up, as a program would. */
    async enrol({ id, ask, password }: Person) {
      const { secret } = await ok(ask('POST', '/api/auth/totp/', { password }))
      const { recovery_codes } = await ok(ask('POST', '/api/auth/totp/confirm/', { code: codeOf(secret) }))
      await this.letCodesPass(id)
      return { secret: secret as string, recoveryCodes: recovery_codes as string[] }
    },
    hasApp: async ({ id }: Person): Promise<boolean> =>
      (await ok(admin('GET', `/api/people/${id}/`))).second_factor,
    /** As if so much time had gone by that the code which was just used is an old one. */
    letCodesPass: (id: number) => run('UPDATE second_factors SET last_step = 0 WHERE person_id = $1', [id]),
    /** As if the account had been made so many days ago. */
    async age(id: number, days: number) {
      const from = new Date(Date.now() - days * 86_400_000).toISOString()
      await run('UPDATE people SET created_at = $2, second_factor_from = NULL WHERE id = $1', [id, from])
    },
    requireSecondFactor: (second_factor_required: boolean) =>
      ok(admin('PATCH', '/api/settings/', { second_factor_required })),
    /** Fills in the sign-in form and sends it; what comes then is the test's matter. */
    async knock(page: Page, path: string, { username, password }: Pick<Person, 'username' | 'password'>) {
      await page.goto(desk.line.baseUrl + path)
      await page.getByLabel('Username').fill(username)
      await page.getByLabel('Password').fill(password)
      await page.keyboard.press('Enter')
    },
  }
}

/** What an authenticator app shows now. */
export const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
export const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

/** The name of what has the focus, as it is read aloud. */
export const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    const words = labels.map((label) => label.textContent).join(' ')
    return words || element.getAttribute('aria-label') || element.innerText.trim()
  })

/** Presses Tab until what is named has the focus; fails when it is not among the next stops. */
export async function tabTo(page: Page, name: string) {
  for (let stop = 0; stop < 15; stop += 1) {
    if ((await focused(page)) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} is not reached by Tab`)
}
