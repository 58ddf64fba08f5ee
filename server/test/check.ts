import { buildConsole } from '../lib/build-console.ts'
import { overBudget } from './check/console-budget.ts'
import { fromContract, fromDatabase, settle } from './check/generated-files.ts'
import { registryHosts } from './check/registry-hosts.ts'
import { runProgram } from './check/run-program.ts'
import { listFiles, readSource } from './tidy/files.ts'

/** A check gives its problems, none when all is well. */
type Check = { name: string; run: () => Promise<string[]> }

const say = (line: string) => process.stdout.write(`${line}\n`)

async function problemsOf(name: string, path: string, args: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runProgram(name, path, args)
  return code === 0 ? [] : [`${stdout}${stderr}`.trim()]
}

const tools: readonly Check[] = [
  { name: 'types', run: () => problemsOf('typescript', 'bin/tsc', ['-p', '.', '--pretty', 'false']) },
  {
    name: 'format and lint',
    run: () => problemsOf('@biomejs/biome', 'bin/biome', ['check', '--max-diagnostics=200', '.']),
  },
  { name: 'weight of the console', run: async () => overBudget(await buildConsole(() => {})) },
  {
    name: 'registry hosts',
    run: async () => {
      const text = listFiles().filter((path) => !/\.(png|jpg|ico|woff2?|gz|pbf|pmtiles)$/.test(path))
      return text.map(readSource).flatMap(registryHosts)
    },
  },
]

const generators = (write: boolean): readonly Check[] => [
  { name: 'files generated from the contract', run: async () => settle(fromContract(), write) },
  {
    name: 'files generated from the schema',
    run: async () => {
      const { wanted, missing } = await fromDatabase()
      return [...missing, ...settle(wanted, write)]
    },
  },
]

/** Runs one check and tells how it went; gives whether all is well. */
async function tell({ name, run }: Check): Promise<boolean> {
  const start = performance.now()
  const problems = await run().catch((error: Error) => [error.stack ?? error.message])
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  say(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  for (const problem of problems) say(problem.replace(/^/gm, '  '))
  return problems.length === 0
}

const together = (checks: readonly Check[]) => Promise.all(checks.map(tell))

/** With --write the generated files are written first, so that the types are checked against the new ones. */
async function main(): Promise<number> {
  const write = process.argv.includes('--write')
  const results = write
    ? [...(await together(generators(true))), ...(await together(tools))]
    : await together([...tools, ...generators(false)])
  const failed = results.filter((well) => !well).length
  say(failed === 0 ? 'All checks passed.' : `${failed} of ${results.length} checks failed.`)
  return failed === 0 ? 0 : 1
}

process.exit(await main())
