import { openVault } from '../server/caller-data/open-vault.ts'
import { openDatabase } from '../server/lib/db.ts'
import { seedCalls } from '../server/seeding/seed-calls.ts'
import type { Options } from './options.ts'
import type { Say, Scene, Stage } from './stage.ts'

/**
 * A year of ended calls, each with what was said in it, an incident and a unit's run. Filled once in the
 * folder of the stage: whoever asks for as many later finds them there.
 */
export async function openSeeded(stage: Stage, name: string, options: Options, tell: Say): Promise<Scene> {
  const scene = await stage.open(`seeded_${options.calls}`, { profile: options.profile })
  const { rows } = await scene.sql.query('SELECT EXISTS (SELECT FROM calls) AS filled')
  if (rows[0].filled) return scene
  const began = performance.now()
  const db = openDatabase({ connection: scene.login, onIdleError: () => {} })
  try {
    const vault = await openVault({ db, now: () => new Date() }, [scene.aiKey.padEnd(32, '+')])
    const asked = { calls: options.calls, interactions: 12, now: new Date() }
    await seedCalls(scene.login, vault, { ...asked, onProgress: (words) => tell(`${name}: ${words}`) })
  } finally {
    await db.close()
  }
  await scene.sql.query('CHECKPOINT')
  tell(`${name}: filled in ${((performance.now() - began) / 1_000).toFixed(0)} s`)
  return scene
}

/** What the admin of the scene asks with. */
export async function signInAdmin({ server, aiKey }: Scene): Promise<Record<string, string>> {
  const reply = await fetch(`http://127.0.0.1:${server.port}/api/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: aiKey }),
  })
  const { access } = (await reply.json()) as { access?: string }
  if (!access) throw new Error(`the admin could not sign in: ${reply.status}`)
  return { authorization: `Bearer ${access}` }
}
