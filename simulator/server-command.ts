import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const mostComplaint = 4_000

/**
 * Runs a command of the server, such as `createsuperuser`, to its end, on the test database unless the
 * environment names another. Returns what it complained of, at most 4,000 characters; empty when it worked.
 */
export async function runServerCommand(argv: string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['server/main.ts', ...argv], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { USE_TEST_DB: 'true', ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let complaint = ''
  child.stderr.on('data', (part) => {
    complaint = `${complaint}${part}`.slice(0, mostComplaint)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return code === 0 ? '' : complaint.trim() || `${argv[0]} ended with ${code}`
}
