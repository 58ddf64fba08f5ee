import { isTest, lineAt, type SourceFile } from './files.ts'
import { readImports } from './imports.ts'

const slice = /^server\/(?!lib\/|commands\/|test\/)[^/]+\//

/** The same text with comments blanked and its lines kept; `//` after a colon or a quote begins none. */
function withoutComments(text: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ')
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(?<![:'"])\/\/.*$/gm, blank)
}

function findAll({ path, text }: SourceFile, form: RegExp, fault: (found: string) => string): string[] {
  const code = withoutComments(text)
  return [...code.matchAll(form)].map((found) => `${path}:${lineAt(code, found.index)} ${fault(found[0])}`)
}

const impure =
  /\b(async|await|Promise|performance|process|setTimeout)\b|\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)/g

/** rules.ts and its parts are pure: the same arguments give the same answer, so its cases are a table. */
export function impurities(file: SourceFile): string[] {
  if (!/^server\/[^/]+\/rules(-[a-z-]+)?\.ts$/.test(file.path)) return []
  return findAll(file, impure, (found) => `${found} has no place in rules.ts`)
}

/** A command is a file named verb-noun that exports a function of that name: sign-in.ts, signIn. */
export function isCommand({ path, text }: SourceFile): boolean {
  const name = /([a-z]+(?:-[a-z]+)+)\.ts$/.exec(path)?.[1]
  if (!name || !slice.test(path) || isTest(path)) return false
  const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return new RegExp(`^export (async )?function ${camel}\\b`, 'm').test(text)
}

/** Commands that may import others, and why no transaction nests by it. */
const composed: Readonly<Record<string, string>> = {
  'server/calls/apply-command.ts': 'the table of the commands of a group; the group has the one transaction',
  'server/dispatch/apply-command.ts': 'as in calls',
}

/** Commands do not call each other (transactions would nest) and know nothing of HTTP. */
export function commandFaults(files: readonly SourceFile[]): string[] {
  const commands = new Map(files.filter(isCommand).map((file) => [file.path, file]))
  return [...commands.values()].flatMap((file) =>
    readImports(file).flatMap(({ target, line }) => {
      if (target === 'fastify' || target.startsWith('server/lib/http/')) {
        return [`${file.path}:${line} is a command and may not know HTTP`]
      }
      const other = commands.has(target) && !Object.hasOwn(composed, file.path)
      return other ? [`${file.path}:${line} is a command and may not import the command ${target}`] : []
    }),
  )
}

/** SQL stays in stores and reads. */
export function routeFaults(file: SourceFile): string[] {
  if (!/^server\/[^/]+\/routes\.ts$/.test(file.path)) return []
  return findAll(
    file,
    /\bsql`|\.query\(|\.kysely\b|\bSELECT\b/g,
    (found) => `${found} has no place in routes.ts`,
  )
}

/** Words of the domain; `call` and `caller` are left out, since requests have callers too. */
const words = [
  'call_sid',
  'emergency',
  'incident',
  'interaction',
  'utterance',
  'transcript',
  'ambulance',
  'paramedic',
  'hospital',
  'dispatcher',
]
const domain = new RegExp(`\\b(${words.join('|')})s?\\b`, 'gi')

/** lib/ is technique that any server could use. */
export function domainWords(file: SourceFile): string[] {
  if (!file.path.startsWith('server/lib/') || isTest(file.path)) return []
  return findAll(file, domain, (found) => `"${found}" is a word of the domain, which lib/ does not know`)
}

/** Readers of the environment beside main.ts, and why. */
const environment: Readonly<Record<string, string>> = {
  'server/main.ts': 'the one reader',
  'server/commands/dbshell.ts': 'hands its own environment on to psql',
  'server/lib/embedded-postgres/guard.ts': 'hands a few variables on to PostgreSQL',
  'server/lib/embedded-postgres/server-process.ts': 'a program of the tests',
}

/** What the environment decides is read once and checked as a whole. */
export function environmentFaults(file: SourceFile): string[] {
  const { path } = file
  const free = !/^(server|contract|console\/src)\//.test(path) || path.startsWith('server/test/')
  if (free || isTest(path) || Object.hasOwn(environment, path)) return []
  return findAll(file, /\bprocess\.(env|argv)\b/g, (found) => `${found} is read by main.ts only`)
}
