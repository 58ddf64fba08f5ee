import { registerHooks } from 'node:module'
import { basename } from 'node:path'
import { type MutantName, mutants, mutationLine } from './mutants.ts'

/**
 * Loaded by --import before a server program: rewrites the text of server/dispatch/ as it is loaded, so that
 * no file of production has to know of mutants. Says what it found; a place that is gone ends the program.
 */
const name = process.env.CAMPAIGN_MUTANT as MutantName
const rewrites = mutants[name]
if (!rewrites) throw new Error(`there is no mutant ${name}`)

function rewrite(file: string, text: string): string {
  let mutated = text
  for (const one of rewrites.filter((each) => each.file === file)) {
    const places = mutated.split(one.from).length - 1
    if (places !== 1) throw new Error(`mutant ${name}: ${places} places in ${file} instead of one`)
    mutated = mutated.replace(one.from, () => one.to)
    process.stderr.write(`${mutationLine(name, file, places)}\n`)
  }
  return mutated
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const { pathname } = new URL(url)
    if (!pathname.includes('/server/dispatch/') || !loaded.source) return loaded
    const text = Buffer.from(loaded.source as Uint8Array).toString('utf8')
    return { ...loaded, source: rewrite(basename(pathname), text) }
  },
})
