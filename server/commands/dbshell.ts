import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import pg from 'pg'
import type { Config } from '../config.ts'
import { openConfigured } from '../database.ts'
import { CommandFault, say } from './say.ts'

const widest = 60

/** Rows as a plain table; long cells are cut, as a terminal is. */
function table({ fields, rows }: pg.QueryArrayResult): string {
  const cell = (value: unknown) => {
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    const line = text.replaceAll('\n', '↵')
    return line.length > widest ? `${line.slice(0, widest - 1)}…` : line
  }
  const lines = [fields.map((field) => field.name), ...rows.map((row) => row.map(cell))]
  const widths = fields.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const text = lines.map((line) =>
    line
      .map((one, at) => ` ${one.padEnd(widths[at] ?? 0)} `)
      .join('|')
      .trimEnd(),
  )
  text.splice(1, 0, widths.map((width) => '-'.repeat(width + 2)).join('+'))
  return `${text.join('\n')}\n(${rows.length} row${rows.length === 1 ? '' : 's'})`
}

async function answer(client: pg.Client, statement: string): Promise<void> {
  try {
    const found = await client.query({ text: statement, rowMode: 'array' })
    const results = Array.isArray(found) ? found : [found]
    for (const one of results) say(one.fields.length > 0 ? table(one) : (one.command ?? ''))
  } catch (error) {
    say(`ERROR: ${(error as Error).message}`)
  }
}

/** A small prompt of our own: statements end with `;`, `\\q` or Ctrl-D leaves. */
async function prompt(connection: pg.ClientConfig, name: string, argv: string[]): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', (error) => say(`ERROR: ${error.message}`))
  await client.connect()
  if (argv.length > 0) {
    const command = argv[0] === '-c' ? argv[1] : undefined
    if (argv.length !== 2 || !command)
      throw new CommandFault("Without psql only -c 'statement' is understood.")
    await answer(client, command)
    return client.end()
  }
  const isTerminal = process.stdin.isTTY === true
  const output = isTerminal ? process.stdout : undefined
  const terminal = createInterface({ input: process.stdin, output, prompt: `${name}=> ` })
  const ask = () => {
    if (isTerminal) terminal.prompt()
  }
  let statement = ''
  if (isTerminal) say('psql is not installed; this is a plain prompt. End statements with ; leave with \\q')
  ask()
  for await (const line of terminal) {
    if (statement === '' && /^\s*(\\q|exit|quit)\s*;?\s*$/i.test(line)) break
    statement += `${line}\n`
    if (!line.trimEnd().endsWith(';') && statement.trim() !== '') continue
    if (statement.trim() !== '') await answer(client, statement)
    statement = ''
    ask()
  }
  if (statement.trim() !== '') await answer(client, statement)
  terminal.close()
  await client.end()
}

/** The variables psql reads, from pg's own reading of the connection. */
function libpqEnvironment(connection: pg.ClientConfig): Record<string, string> {
  const { host, port, user, password, ssl } = new pg.Client(connection)
  return {
    PGHOST: host,
    PGPORT: String(port),
    ...(user ? { PGUSER: user } : {}),
    ...(password ? { PGPASSWORD: password } : {}),
    ...(ssl ? { PGSSLMODE: 'require' } : {}),
  }
}

/** `npm run dbshell`: psql on the configured database when it is installed, otherwise a plain prompt. */
export async function dbshell(config: Config, argv: string[]): Promise<void> {
  const opened = await openConfigured(config, () => {}, { joinRunning: true })
  try {
    if (spawnSync('psql', ['--version']).status !== 0) {
      return await prompt(opened.connection, config.databaseName, argv)
    }
    // By the environment: an argument would show the password in the process list.
    const env = { ...process.env, ...libpqEnvironment(opened.connection), PGDATABASE: config.databaseName }
    const shell = spawn('psql', argv, { stdio: 'inherit', env })
    // Ctrl-C belongs to psql, which cancels the statement.
    process.on('SIGINT', () => {})
    process.exitCode = await new Promise<number>((resolve) => shell.on('exit', (code) => resolve(code ?? 1)))
  } finally {
    await opened.close()
  }
}
