import { measures } from './measures.ts'
import { type Options, readOptions, WrongOption } from './options.ts'
import { summarize } from './profile.ts'
import { formatTable, machine, missed, type Row } from './report.ts'
import { openStage, type Say, type Stage } from './stage.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

const tell: Say = (line) => void process.stderr.write(`${line}\n`)

async function bench(options: Options, stage: Stage): Promise<number> {
  const rows: Row[] = []
  for (const { names, measure } of measures) {
    if (names.some((name) => options.workloads.includes(name)))
      rows.push(...(await measure(stage, options, tell)))
  }
  const report = options.json
    ? JSON.stringify({ machine: machine(), options, rows })
    : `\n${formatTable(rows)}`
  process.stdout.write(`${report}\n`)
  if (options.profile) tell(`\n${summarize(options.profile)}`)
  return options.strict && missed(rows) ? 1 : 0
}

/** Ends all that was started, once, whether the bench is done, failed or was told to stop. */
async function main(): Promise<number> {
  let options: Options
  try {
    options = readOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error
    tell(error.message)
    return 2
  }
  const told = new AbortController()
  const stopped = new Promise<number>((resolve) => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      process.on(signal, () => {
        told.abort()
        resolve(code)
      })
    }
  })
  const stage = await openStage(told.signal, options.data)
  try {
    return await Promise.race([bench(options, stage), stopped])
  } catch (error) {
    tell(error instanceof NotWhatWasAcknowledged ? error.message : String((error as Error).stack))
    return 1
  } finally {
    await stage.close()
  }
}

process.exit(await main())
