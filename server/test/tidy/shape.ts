import { isTest, type SourceFile } from './files.ts'
import { readImports } from './imports.ts'

/** Files whose names are a custom of the trade. */
const customary = new Set(['README.md'])
/** One name in kebab-case with any number of dotted endings. */
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/
/** Names that say nothing about what is inside. */
const empty = /^(utils?|helpers?|managers?|services?|common)$/

/** Files and folders in the workspaces and docs/ whose names break the rules. */
export function nameFaults(path: string): string[] {
  if (!/^(contract|server|console|simulator|bench|docs)\//.test(path)) return []
  return path.split('/').flatMap((part) => {
    // Python imports files by name, and its names have no hyphens.
    if (/^[a-z_]+\.py$/.test(part)) return []
    if (!kebab.test(part) && !customary.has(part)) return [`${path}: "${part}" is not kebab-case`]
    const word = part.split(/[-.]/).find((one) => empty.test(one))
    return word ? [`${path}: "${word}" does not say what is inside`] : []
  })
}

/** Lines a file may have; styles are lists and have no limit. */
export function tooLong({ path, text }: SourceFile): string[] {
  if (path.endsWith('.css')) return []
  const limit = isTest(path) ? 300 : 200
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > limit ? [`${path} has ${lines} lines; ${limit} are the limit`] : []
}

const widest = 110

/** Files whose lines may be wider, and why. A regular expression cannot be broken; anything else can. */
export const wide: Readonly<Record<string, string>> = {}

export function wideLines({ path, text }: SourceFile, exempt: typeof wide = wide): string[] {
  if (Object.hasOwn(exempt, path)) return []
  return text
    .split('\n')
    .flatMap((line, at) =>
      [...line].length > widest
        ? [`${path}:${at + 1} has ${[...line].length} characters; ${widest} are the limit`]
        : [],
    )
}

/** Exemptions that are not needed any more. */
export function staleExemptions(files: readonly SourceFile[], exempt: typeof wide = wide): string[] {
  const needed = new Set(files.filter((file) => wideLines(file, {}).length > 0).map((file) => file.path))
  return Object.keys(exempt)
    .filter((path) => !needed.has(path))
    .map((path) => `${path} needs no exemption any more`)
}

/** A test sets up more than it tests, with a line for each thing it sets up. */
const mostImports = { product: 10, test: 15 }
/** Files that may have more, and why. */
const composing: Readonly<Record<string, string>> = {
  'server/app.ts': 'the composition root lists every slice by hand',
  'server/chores.ts': 'lists the small work of every slice',
  'server/run-beside.ts': 'begins and ends what every slice runs beside requests',
  'server/parts.ts': 'makes what a process has one of, slice by slice',
  'contract/operations/all.ts': 'the table of all operations',
  'simulator/centre.ts': 'brings together everybody who works in the invented centre',
  'simulator/run-headless.ts': 'brings together what plays, what records and what judges',
  'simulator/city/build-city.ts': 'the steps by which the city is built, one after the other',
}

export function manyImports(file: SourceFile): string[] {
  if (Object.hasOwn(composing, file.path)) return []
  const count = readImports(file).filter(({ dynamic }) => !dynamic).length
  const forTests = isTest(file.path) || file.path.startsWith('server/test/')
  const limit = forTests ? mostImports.test : mostImports.product
  return count > limit ? [`${file.path} has ${count} imports; ${limit} are the limit`] : []
}

/** Tools ask for a default export in their own configuration. */
export function defaultExports({ path, text }: SourceFile): string[] {
  if (/\.config\.ts$/.test(path)) return []
  return /^export default\b|^export \{[^}]*\bas default\b/m.test(text) ? [`${path} has a default export`] : []
}

/** Written in two halves, so that this file does not find itself. */
const promises = new RegExp(`\\b(${['TO', 'FIX'].map((half, at) => half + ['DO', 'ME'][at]).join('|')})\\b`)

/** Work that is left belongs in the list of what is not there yet, not in the code. */
export function leftOver({ path, text }: SourceFile): string[] {
  return text
    .split('\n')
    .flatMap((line, at) => (promises.test(line) ? [`${path}:${at + 1} leaves work for later`] : []))
}
