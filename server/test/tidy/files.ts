import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root: string = join(import.meta.dirname, '../../..')

/** A file of the repository; `path` is relative to its root, with forward slashes. */
export type SourceFile = { path: string; text: string }

/** Folders that git ignores; read from .gitignore, so that the two cannot differ. */
function ignoredFolders(): { has: (name: string) => boolean } {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
  const names = lines.filter((line) => line.endsWith('/')).map((line) => line.slice(0, -1))
  const escaped = (name: string) => name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  const pattern = new RegExp(`^(${['.git', ...names].map(escaped).join('|')})$`)
  return { has: (name) => pattern.test(name) }
}

/** Paths of all files of the repository, sorted; a checkout without its .git folder is listed too. */
export function listFiles(): string[] {
  const ignored = ignoredFolders()
  const found: string[] = []
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory() && !ignored.has(entry.name)) walk(path)
      if (entry.isFile() && !entry.name.endsWith('.log')) found.push(path)
    }
  }
  walk('')
  return found.sort()
}

export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

/** Written by a program; `npm run generate` makes them anew. */
export const generated: ReadonlySet<string> = new Set(['server/lib/database-types.ts'])

/** TypeScript, SQL and CSS that people write. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|sql|css)$/.test(path) && !generated.has(path)
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

/** The number of a line, 1 for the first, of a place in the text. */
export function lineAt(text: string, place: number): number {
  return text.slice(0, place).split('\n').length
}
