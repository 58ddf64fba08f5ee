import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PersonRole } from '@toneout/contract/roles.ts'
import { ok } from '../centre.ts'
import { addPerson, enter, newPassword } from './accounts.ts'
import { bringPast } from './past.ts'
import { freePort, root, until } from './starting.ts'

export type DemoCentre = Awaited<ReturnType<typeof openDemoCentre>>

/** The demo at work in a folder of its own, which goes with it. */
export async function openDemoCentre() {
  const folder = mkdtempSync(join(tmpdir(), 'toneout-pictures-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const admin = { username: 'admin', password: newPassword() }
  const env = {
    ...process.env,
    DATA_DIR: folder,
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
  }
  const demo = spawn(process.execPath, ['simulator/demo.ts', '--url', url], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(demo, 'exit')
  const close = async () => {
    demo.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const ask = await until('The server', () => enter(url, admin))
    await bringPast(folder)
    await until('A busy centre', async () => {
      const calls = await ok(ask('GET', '/api/calls/?status=IN_PROGRESS&page_size=1'))
      const units = await ok(ask('GET', '/api/units/?status=TRANSPORTING&page_size=1'))
      return calls.count > 0 && units.count > 0 ? true : undefined
    })
    return {
      url,
      ask,
      admin,
      close,
      addPerson: (role: PersonRole, name: string) => addPerson(ask, role, name),
    }
  } catch (error) {
    await close()
    throw error
  }
}
