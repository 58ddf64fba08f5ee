import { posix } from 'node:path'
import { lineAt, type SourceFile } from './files.ts'

export type Import = {
  /** A path of the repository (`server/lib/db.ts`), a module of Node (`node:fs`) or a package (`pg`). */
  target: string
  line: number
  /** `import(…)` in an expression: loaded when it is asked for. */
  dynamic: boolean
}

/** Biome writes these at the start of a line, so text in strings and comments is not taken for them. */
const forms = [
  { dynamic: false, form: /^import\s+(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm },
  { dynamic: false, form: /^export\s+(?:type\s+)?(?:\*|\{)[^'"]*?\sfrom\s+['"]([^'"]+)['"]/gm },
  { dynamic: true, form: /\bimport\(\s*['"]([^'"]+)['"]/g },
] as const

function resolveTarget(path: string, specifier: string): string {
  const [name = ''] = specifier.split('?')
  if (name.startsWith('.')) return posix.join(posix.dirname(path), name)
  if (name.startsWith('@toneout/')) return name.slice('@toneout/'.length)
  if (name.startsWith('node:')) return name
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** What a TypeScript file imports, types included: a dependency of types is a dependency of meaning. */
export function readImports({ path, text }: SourceFile): Import[] {
  const found = forms.flatMap(({ dynamic, form }) =>
    [...text.matchAll(form)].map(({ 1: specifier = '', index }) => {
      return { target: resolveTarget(path, specifier), line: lineAt(text, index), dynamic }
    }),
  )
  return found.sort((a, b) => a.line - b.line)
}

/** Whether the target is a package of the registry and no file of ours. */
export function isPackage(target: string): boolean {
  return !target.startsWith('node:') && !/^(contract|server|console|simulator|bench)\//.test(target)
}
