import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../demo.ts', import.meta.url))

export type Playing = { child: ChildProcess; out: () => string; ended: Promise<number | null> }

export function startDemo(t: TestContext, argv: string[], env: Record<string, string> = {}): Playing {
  const clean = { ...process.env, ...env }
  for (const name of ['AI_DISPATCHER_KEY', 'DATABASE_URL', 'USE_TEST_DB', 'DEMO_USERNAME', 'DEMO_PASSWORD'])
    if (!(name in env)) delete clean[name]
  const child = spawn(process.execPath, [program, ...argv], { env: clean, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (out += part))
  t.after(() => child.kill('SIGTERM'))
  return { child, out: () => out, ended: once(child, 'exit').then(([code]) => code as number | null) }
}

export async function until(what: () => boolean, playing: Playing, ms: number): Promise<void> {
  const end = Date.now() + ms
  while (!what()) {
    assert.ok(
      Date.now() < end && playing.child.exitCode === null,
      `waited in vain; so far:\n${playing.out()}`,
    )
    await sleep(50)
  }
}

/**
 * A port below those the system hands out by itself (32768 and up): another test cannot get it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const probe = createServer().listen(randomInt(10_000, 32_000), '127.0.0.1')
    const [port] = await once(probe, 'listening').then(
      () => [(probe.address() as AddressInfo).port],
      () => [],
    )
    await new Promise((closed) => probe.close(closed))
    if (port) return port
  }
}
