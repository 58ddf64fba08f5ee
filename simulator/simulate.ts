import { writeFileSync } from 'node:fs'
import { say } from './demo-status.ts'
import { playScenario } from './play-scenario.ts'
import { comparePolicies } from './policies/compare.ts'
import { drawSvg } from './policies/picture.ts'
import { reportLines } from './policies/report.ts'
import { type CompareArguments, readSimulateArguments, usage } from './simulate-arguments.ts'
import { stopOnSignals } from './stop-on-signals.ts'

function compare(asked: CompareArguments): number {
  const { outcomes, callsPerMinute } = comparePolicies(asked)
  for (const line of reportLines(outcomes, asked.days, callsPerMinute)) say(line)
  if (asked.svg) {
    writeFileSync(asked.svg, drawSvg(outcomes, `${asked.days} days, seed ${asked.seed}`))
    say(`\nThe picture is in ${asked.svg}.`)
  }
  return 0
}

async function main(): Promise<number> {
  const read = readSimulateArguments(process.argv.slice(2))
  if ('help' in read) {
    say(usage)
    return 0
  }
  if ('faults' in read) {
    for (const fault of read.faults) say(fault)
    say('\n--help shows the options.')
    return 2
  }
  if ('compare' in read) return compare(read.compare)
  const stopping = stopOnSignals('Stopping: reading what is there ...')
  try {
    return await playScenario(read.play, stopping)
  } catch (error) {
    say(String((error as Error).message))
    return stopping.signal.aborted ? 1 : 2
  }
}

process.exitCode = await main()
process.exit()
