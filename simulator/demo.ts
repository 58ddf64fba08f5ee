import { randomBytes } from 'node:crypto'
import { makeAccount } from './demo-account.ts'
import { type DemoArguments, readArguments, usage } from './demo-arguments.ts'
import { type DemoServer, isLocal, lookFor, startServer } from './demo-server.ts'
import { say } from './demo-status.ts'
import { demoFolder, importCity } from './import-city.ts'
import { playDemo } from './play-demo.ts'
import { stopOnSignals } from './stop-on-signals.ts'
import { AccountRefused } from './supervisor.ts'

const howToGiveAKey = `
A server is running at that address. Give it an API key of the role ai_dispatcher:
  npm run demo -- --key tone_...        or        AI_DISPATCHER_KEY=tone_... npm run demo
It printed one at its first start, or took it from AI_DISPATCHER_KEY. Or stop it: the demo starts its own.`

/**
 * Exit codes: 0 played or stopped by Ctrl-C, 1 it did not work, 2 something must be given or mended first.
 */
async function main(): Promise<number> {
  const read = readArguments(process.argv.slice(2), process.env)
  if ('help' in read) {
    say(usage)
    return 0
  }
  if ('faults' in read) {
    for (const fault of read.faults) say(fault)
    say('\n--help shows the options.')
    return 2
  }
  const stopping = stopOnSignals('Stopping: hanging up open calls ...')
  let server: DemoServer | undefined
  try {
    const found = await lookFor(read.demo.url)
    const refused = refusal(found, read.demo)
    if (refused) {
      say(refused)
      return 2
    }
    const key = read.demo.key ?? `tone_${randomBytes(24).toString('base64url')}`
    if (found === 'nobody') {
      say(`No server answers at ${read.demo.url}: starting one.`)
      const env = { DATA_DIR: demoFolder(process.env) }
      const complaint = await importCity(env.DATA_DIR)
      if (complaint !== '') say(`The streets of the city could not be imported: ${complaint}`)
      server = await startServer(read.demo.url, key, stopping.signal, { env })
      void server.ended.then(() => stopping.abort('the server has ended'))
      read.demo.account = await makeAccount(env)
    }
    return await playDemo({ ...read.demo, key }, stopping.signal)
  } catch (error) {
    if (stopping.signal.aborted) return stopping.signal.reason === 'asked' ? 0 : 1
    say(String((error as Error).message))
    return error instanceof AccountRefused ? 2 : 1
  } finally {
    await server?.stop()
  }
}

function refusal(
  found: Awaited<ReturnType<typeof lookFor>>,
  { url, key }: DemoArguments,
): string | undefined {
  if (found === 'ready' && !key) return `${url}${howToGiveAKey}`
  if (found === 'not_ready') return `The server at ${url} is not ready: its database is away or not migrated.`
  if (found === 'foreign') return `Something else than Toneout answers at ${url}. Give --url, or set PORT.`
  if (found === 'nobody' && !isLocal(url))
    return `Nobody answers at ${url}, and it is not an address of this machine.`
  return undefined
}

process.exitCode = await main()
process.exit()
