import pino from 'pino'
import { AdminNameFault } from '../access/first-start.ts'
import type { Config } from '../config.ts'
import { openConfigured } from '../database.ts'
import { buildConsole } from '../lib/build-console.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { CommandFault, say } from './say.ts'

/** Milliseconds after which a stop is forced; Ctrl-C promises 3 s. */
const stopMs = 2_500

/** What a person can mend about an address, in words. */
function explain(error: unknown, { host, port }: Config): unknown {
  if (error instanceof AdminNameFault) return new CommandFault(error.message)
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') {
    return new CommandFault(`Port ${port} on ${host} is in use. Stop the program that has it, or set PORT.`)
  }
  if (code === 'EACCES') return new CommandFault(`Port ${port} needs privileges. Set PORT to 1024 or above.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new CommandFault(`HOST ${host} is not an address of this machine.`)
  }
  return error
}

function announce(config: Config, { port, secrets }: RunningServer): void {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  say(`\nToneout is ready on http://${host}:${port}`)
  if (secrets.admin?.password) {
    say(`\n  Admin username  ${secrets.admin.username}\n  Admin password  ${secrets.admin.password}`)
  }
  if (secrets.aiKey) say(`  AI dispatcher key  ${secrets.aiKey}`)
  if (secrets.admin?.password || secrets.aiKey) say('\nThese are shown once; keep them now.')
  say('Press Ctrl-C to stop.')
}

/** `npm start`: the database, its schema, the console and the server; ends on SIGINT, SIGTERM or SIGHUP. */
export async function serve(config: Config): Promise<void> {
  const log = pino({ level: 'warn', base: { pid: process.pid } })
  const opening = openConfigured(config, ({ level, ...line }) => log[level](line))
  // Calls are taken even when the page cannot be built.
  const built = buildConsole(say).catch((error: Error) => {
    log.error({ problem: error.message }, 'the console is not served; the API is')
    return undefined
  })
  const opened = await opening
  let stopping = false
  let running: RunningServer | undefined
  const end = async (code: number) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(code), stopMs).unref()
    await running?.stop().catch(() => {})
    await opened.close()
    process.exit(code)
  }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => void end(code))
  }
  try {
    running = await startServer(config, opened, log, built)
    announce(config, running)
  } catch (error) {
    await opened.close()
    throw explain(error, config)
  }
}
