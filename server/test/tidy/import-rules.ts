import { isTest, type SourceFile } from './files.ts'
import { isPackage, readImports } from './imports.ts'

/**
 * Which files of other slices a slice may import. A slice that is not
 * here may not exist.
 */
export const slices: Readonly<Record<string, readonly string[]>> = {
  access: ['timeline/record.ts', 'sign-in/rules.ts'],
  'sign-in': [
    'timeline/record.ts',
    'access/authenticate.ts',
    'access/cookie.ts',
    'access/me.ts',
    'access/store.ts',
    'access/store-sessions.ts',
    'access/tokens.ts',
  ],
  'caller-data': ['timeline/record.ts', 'calls/caller.ts'],
  findings: ['timeline/record.ts'],
  desk: [],
  'desk-work': ['timeline/record.ts'],
  calls: ['timeline/record.ts', 'incidents/rules-raising.ts', 'incidents/store.ts'],
  'call-lists': ['timeline/record.ts', 'calls/intake.ts', 'calls/search.ts', 'incidents/rules-words.ts'],
  dispatch: ['timeline/record.ts', 'calls/caller.ts', 'incidents/rules.ts', 'incidents/rules-merging.ts'],
  incidents: ['timeline/record.ts'],
  crew: ['timeline/record.ts', 'timeline/outlet.ts', 'timeline/store.ts', 'dispatch/rules.ts'],
  duress: ['timeline/record.ts', 'fleet/reads.ts'],
  fleet: ['timeline/record.ts', 'dispatch/rules.ts'],
  places: ['timeline/record.ts'],
  people: ['timeline/record.ts', 'access/store.ts', 'sign-in/strength.ts'],
  handover: ['timeline/record.ts'],
  map: ['streets/graph-file.ts', 'streets/segment.ts'],
  keys: ['timeline/record.ts', 'access/store.ts'],
  recommendations: ['dispatch/rules.ts'],
  streets: ['timeline/record.ts'],
  settings: [
    'timeline/record.ts',
    'incidents/rules-raising.ts',
    'notifications/rules-defaults.ts',
    'recommendations/response-plans.ts',
  ],
  timeline: ['calls/caller.ts', 'fleet/reads.ts', 'incidents/reads.ts', 'places/reads.ts'],
  addresses: ['incidents/place-incident.ts', 'streets/import-streets.ts', 'streets/segment.ts'],
  analytics: [],
  audit: ['timeline/record.ts'],
  imports: ['timeline/record.ts'],
  exports: [
    'timeline/record.ts',
    'calls/caller.ts',
    'calls/listed-more.ts',
    'calls/search.ts',
    'calls/store.ts',
    'dispatch/reads.ts',
    'fleet/reads.ts',
    'incidents/search.ts',
  ],
  notifications: ['timeline/record.ts'],
  seeding: ['calls/caller.ts', 'calls/words.ts'],
  telephony: ['calls/intake.ts', 'timeline/record.ts'],
  system: [],
}

/** Folders of server/ that are no slices. */
const otherFolders = ['bin', 'commands', 'lib', 'migrations', 'test']

/** Of the contract, what technique may know: how an operation looks, not what it is about. */
const technique = /^contract\/(operation|operations\/all|refusals|roles|openapi|model\/fact)\.ts$/
const node = /^node:/
const contract = /^contract\//
const lib = /^server\/lib\//
const context = /^server\/context\.ts$/
const support = /^server\/test\/support\//
/** Any package; that it is declared is checked by itself. */
const anyPackage = /^(?!node:|contract\/|server\/|console\/|simulator\/|bench\/)/
const anything = /^/
/** The form of road data, which the simulator's city is written in. */
const segment = /^server\/streets\/segment\.ts$/
/** What the product sends by: policies are compared through its own pure rules, not through a copy. */
const planning = /^server\/recommendations\/(rules|response-plans)\.ts$/

type Rule = { files: RegExp; may: (path: string) => readonly RegExp[] }

const sliceOf = (path: string) => path.split('/')[1] ?? ''
const ownSlice = (path: string) => new RegExp(`^server/${sliceOf(path)}/`)
const seen = (path: string) =>
  (slices[sliceOf(path)] ?? []).map((file) => new RegExp(`^server/${file.replaceAll('.', '\\.')}$`))

/** The first rule that fits a file decides; every import must be one the file may have. */
const rules: readonly Rule[] = [
  { files: /^contract\/(test\/|.*\.test\.ts$)/, may: () => [contract, node, support, /^(zod|fast-check)$/] },
  { files: /^contract\//, may: () => [contract, /^zod$/] },
  {
    files: /^console\/(test\/|.*\.test\.tsx?$)/,
    may: () => [/^console\//, contract, node, support, anyPackage],
  },
  { files: /^console\/src\//, may: () => [/^console\/src\//, contract, anyPackage] },
  // The build makes the table of paths that pages have of it.
  { files: /^console\/vite\.config\.ts$/, may: () => [/^contract\/operations\/all\.ts$/, node, anyPackage] },
  { files: /^console\//, may: () => [node, anyPackage] },
  {
    files: /^simulator\/(test\/|.*\.test\.ts$)/,
    may: () => [/^simulator\//, contract, node, support, segment, planning, anyPackage],
  },
  { files: /^simulator\/city\//, may: () => [/^simulator\//, node, segment] },
  { files: /^simulator\/policies\//, may: () => [/^simulator\//, contract, node, planning] },
  { files: /^simulator\//, may: () => [/^simulator\//, contract, node] },
  { files: /^bench\//, may: () => [anything] },
  { files: /^docs\/examples\//, may: () => [node] },
  { files: /^server\/test\/|\.test\.ts$/, may: () => [anything] },
  { files: /^server\/lib\//, may: () => [lib, technique, node, anyPackage] },
  {
    files: /^server\/commands\//,
    may: () => [
      lib,
      contract,
      node,
      anyPackage,
      /^server\/(access|addresses|audit|caller-data|imports|keys|notifications)\//,
      /^server\/(seeding|sign-in|streets|telephony)\//,
      /^server\/commands\/(ask|read-flags|say|with-database|with-vault)\.ts$/,
      /^server\/(config|database|start-server)\.ts$/,
    ],
  },
  {
    files: /^server\/main\.ts$/,
    may: () => [/^server\/(commands\/.*|config\.ts|lib\/vault\.ts)$/],
  },
  { files: /^server\/config-(channels|places)\.ts$/, may: () => [] },
  { files: /^server\/config\.ts$/, may: () => [/^server\/config-(channels|places)\.ts$/] },
  {
    files: /^server\/context\.ts$/,
    may: () => [/^server\/config\.ts$/, /^contract\/model\/settings\.ts$/, lib, /^fastify$/],
  },
  {
    files: /^server\/start-server\.ts$/,
    may: () => [
      /^server\/(app|config|context|database|access\/first-start|settings\/current-settings)\.ts$/,
      /^server\/caller-data\/open-vault\.ts$/,
      lib,
      node,
      anyPackage,
    ],
  },
  { files: /^server\/database\.ts$/, may: () => [/^server\/config\.ts$/, lib, node, anyPackage] },
  {
    files: /^server\/(app|chores|parts|run-beside)\.ts$/,
    may: () => [/^server\/(?!commands\/|test\/|main\.ts|database\.ts)/, contract, node, anyPackage],
  },
  {
    files: /\/rules(-[a-z-]+)?\.ts$/,
    may: () => [contract, /^server\/[^/]+\/rules(-[a-z-]+)?\.ts$/, /^server\/lib\/geo\.ts$/],
  },
  { files: /\/store(-[a-z-]+)?\.ts$/, may: () => [contract, /^server\/lib\/(db|insert-rows)\.ts$/] },
  {
    files: /\/routes\.ts$/,
    may: (path) => [ownSlice(path), contract, context, /^server\/lib\/(?!db\.ts)/, /^fastify$/],
  },
  {
    files: /^server\/[^/]+\//,
    may: (path) => [ownSlice(path), ...seen(path), contract, context, lib, node, anyPackage],
  },
]

/** Imports a file may not have, each with its line. */
export function importFaults(file: SourceFile): string[] {
  const rule = rules.find(({ files }) => files.test(file.path))
  if (!rule) return [`${file.path} has no rule of imports; add one to import-rules.ts`]
  const may = rule.may(file.path)
  return readImports(file)
    .filter(({ target }) => !may.some((form) => form.test(target)))
    .map(({ target, line }) => `${file.path}:${line} may not import ${target}`)
}

/** Folders of server/ that the table of slices does not know. */
export function sliceFaults(paths: readonly string[]): string[] {
  const folders = new Set(paths.flatMap((path) => /^server\/([^/]+)\//.exec(path)?.[1] ?? []))
  const unknown = [...folders].filter((one) => !Object.hasOwn(slices, one) && !otherFolders.includes(one))
  return unknown.map((folder) => `server/${folder} is not in the table of slices of import-rules.ts`)
}

/** What each workspace's package.json declares; '' is the one at the root, for tests and tools. */
export type Declared = Readonly<Record<string, ReadonlySet<string>>>

/** Packages a file imports that its own workspace does not declare. */
export function undeclaredPackages(file: SourceFile, declared: Declared): string[] {
  const workspace = file.path.split('/')[0] ?? ''
  const isTool = isTest(file.path) || /^(bench|[a-z]+\/test)\//.test(file.path)
  const known = [workspace, ...(isTool ? ['', 'server'] : [])]
  return readImports(file)
    .filter(({ target }) => isPackage(target) && !known.some((one) => declared[one]?.has(target)))
    .map(({ target, line }) => `${file.path}:${line} imports ${target}, which package.json does not declare`)
}
