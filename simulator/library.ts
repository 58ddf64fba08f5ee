import { readdirSync, readFileSync } from 'node:fs'
import { parseScript, type Script } from './script.ts'

/**
 * The scripts in dialogues/, by name; read anew so that a text can be corrected while the demo is at rest.
 */
export function loadScripts(folder = new URL('dialogues/', import.meta.url)): ReadonlyMap<string, Script> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.txt'))
  const scripts = files.sort().map((file) => {
    const name = file.replace(/\.txt$/, '')
    return [name, parseScript(name, readFileSync(new URL(file, folder), 'utf8'))] as const
  })
  return new Map(scripts)
}
