import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes of JavaScript as it goes over the wire, gzip -9; 1 KB is 1,000 bytes. */
export const budgets = {
  'the console before the map': 150_000,
  'the map': 450_000,
  'the page of crews': 90_000,
} as const
type Part = keyof typeof budgets

/** What a browser loads with a file before it runs it: `import … from './x.js'` and `import './x.js'`. */
const staticImport = /(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g
const ofHtml = /(?:src|href)="\/assets\/([\w.-]+\.js)"/g

/** Built files by name, with what is in them. */
type Built = ReadonlyMap<string, string>

/** The files and all they import statically. */
function closureOf(built: Built, begin: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const left = [...begin]
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const text = built.get(name)
    if (text === undefined || seen.has(name)) continue
    seen.add(name)
    for (const [, next] of text.matchAll(staticImport)) left.push(next as string)
  }
  return seen
}

const named = (built: Built, form: RegExp) => [...built.keys()].filter((name) => form.test(name))

/**
 * Which built files make up each part. Before the map: what the page of live calls needs to be shown. The
 * map: all that holds its library, in whichever files.
 */
export function partsOf(
  built: Built,
  pages: Readonly<Record<string, string>>,
): Partial<Record<Part, string[]>> {
  const scripts = (page: string) => [...page.matchAll(ofHtml)].map(([, name]) => name as string)
  const { 'index.html': index, 'phone.html': phone } = pages
  const isMap = (name: string) => /\bmaplibre/i.test(`${name} ${built.get(name)}`)
  const first = index === undefined ? [] : [...scripts(index), ...named(built, /^live-page-/)]
  const before = [...closureOf(built, first)]
  return {
    ...(index === undefined ? {} : { 'the console before the map': before }),
    ...(index === undefined ? {} : { 'the map': [...built.keys()].filter(isMap) }),
    ...(phone === undefined ? {} : { 'the page of crews': [...closureOf(built, scripts(phone))] }),
  }
}

const inKb = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`

/** What is heavier than it may be, and by which of its files most. */
export function judgeParts(built: Built, parts: ReturnType<typeof partsOf>): string[] {
  const weight = (name: string) => gzipSync(built.get(name) ?? '', { level: 9 }).length
  return (Object.entries(parts) as [Part, string[]][]).flatMap(([part, names]) => {
    const files = names.map((name) => ({ name, bytes: weight(name) })).sort((a, b) => b.bytes - a.bytes)
    const sum = files.reduce((all, { bytes }) => all + bytes, 0)
    if (sum <= budgets[part]) return []
    const heaviest = files.slice(0, 5).map(({ name, bytes }) => `${name} ${inKb(bytes)}`)
    return [`${part} has ${inKb(sum)} of ${inKb(budgets[part])}: ${heaviest.join(', ')}`]
  })
}

/** Problems of a folder that the console was built into. */
export function overBudget(dist: string): string[] {
  const files = globSync('assets/*.{js,mjs}', { cwd: dist })
  const built = new Map(files.map((file) => [basename(file), readFileSync(join(dist, file), 'utf8')]))
  const pages: Record<string, string> = {}
  for (const page of ['index.html', 'phone.html']) {
    if (existsSync(join(dist, page))) pages[page] = readFileSync(join(dist, page), 'utf8')
  }
  return judgeParts(built, partsOf(built, pages))
}
