import { execFile, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

export type PgbenchOptions = {
  login: pg.ClientConfig
  folder: string
  script: string
  variables: Readonly<Record<string, string>>
  clients: number
  seconds: number
  signal: AbortSignal
}

/** Whether PostgreSQL's own load generator is on the PATH. */
export function hasPgbench(): boolean {
  return spawnSync('pgbench', ['--version']).status === 0
}

/** How often the script ran to its end (pgbench finishes what it began), and how often a second. */
export async function runPgbench(options: PgbenchOptions): Promise<{ times: number; perSecond: number }> {
  const { login, folder, script, variables, clients, seconds, signal } = options
  const file = join(folder, 'pgbench.sql')
  writeFileSync(file, script)
  const args = [
    ...['-n', '-M', 'prepared', '-f', file, '-c', String(clients), '-j', '1', '-T', String(seconds)],
    ...Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    String(login.database),
  ]
  const env = {
    ...process.env,
    PGHOST: login.host,
    PGPORT: String(login.port),
    PGUSER: login.user,
    PGPASSWORD: String(login.password),
    PGSSLMODE: 'disable',
  }
  const told = await new Promise<string>((resolve, reject) => {
    execFile('pgbench', args, { env, signal }, (error, stdout, stderr) =>
      error ? reject(new Error(`pgbench failed: ${stderr || error.message}`)) : resolve(stdout),
    )
  })
  const times = Number(/number of transactions actually processed: (\d+)/.exec(told)?.[1])
  const perSecond = Number(/tps = ([\d.]+) \(without initial connection time\)/.exec(told)?.[1])
  if (!(times >= 0 && perSecond >= 0)) throw new Error(`pgbench said something else: ${told}`)
  return { times, perSecond }
}
