import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { brokenLinks, undocumentedVariables } from './tidy/documents.ts'
import { generated, isCode, listFiles, readSource, root, type SourceFile } from './tidy/files.ts'
import { type Declared, importFaults, sliceFaults, undeclaredPackages } from './tidy/import-rules.ts'
import * as roles from './tidy/roles-of-files.ts'
import * as shape from './tidy/shape.ts'

const paths = listFiles()
const code = paths.filter(isCode).map(readSource)
const scripts = code.filter(({ path }) => /\.tsx?$/.test(path))

const pages = paths.filter((path) => path.endsWith('.md')).map(readSource)

const workspaces = ['', 'contract', 'server', 'console', 'simulator']

function readDeclared(): Declared {
  const names = (workspace: string) => {
    const text = readFileSync(join(root, workspace, 'package.json'), 'utf8')
    const { dependencies, devDependencies } = JSON.parse(text)
    return new Set(Object.keys({ ...dependencies, ...devDependencies }))
  }
  return Object.fromEntries(workspaces.map((workspace) => [workspace, names(workspace)]))
}

/** One assertion that shows every fault. */
function expectNone(faults: readonly string[]): void {
  assert.equal(faults.length, 0, `\n  ${faults.join('\n  ')}`)
}

const every = (files: readonly SourceFile[], check: (file: SourceFile) => string[]) =>
  expectNone(files.flatMap((file) => check(file)))

describe('the repository is tidy', () => {
  test('files import what their place allows', () => {
    every(scripts, importFaults)
    expectNone(sliceFaults(paths))
  })
  test('packages are declared by the workspace that imports them', () => {
    const declared = readDeclared()
    every(scripts, (file) => undeclaredPackages(file, declared))
  })
  test('rules are pure', () => every(scripts, roles.impurities))
  test('commands stand alone', () => expectNone(roles.commandFaults(scripts)))
  test('routes hold no SQL', () => every(scripts, roles.routeFaults))
  test('lib/ knows no word of the domain', () => every(scripts, roles.domainWords))
  test('the environment is read in one place', () => every(scripts, roles.environmentFaults))
  test('names are kebab-case and say what is inside', () => expectNone(paths.flatMap(shape.nameFaults)))
  test('files are short', () => every(code, shape.tooLong))
  test('lines are short', () => {
    every(code, (file) => shape.wideLines(file))
    expectNone(shape.staleExemptions(code))
  })
  test('imports are few', () => every(scripts, shape.manyImports))
  test('exports are named', () => every(scripts, shape.defaultExports))
  test('nothing is left for later', () => every(code, shape.leftOver))
  test('links of documents lead somewhere', () => expectNone(brokenLinks(paths, pages)))
  test('docs/operations.md tells of every variable', () => {
    const parts = ['config', 'config-channels', 'config-places'].map((name) =>
      readSource(`server/${name}.ts`),
    )
    const text = parts.map((part) => part.text).join('\n')
    expectNone(undocumentedVariables({ path: 'server/config.ts', text }, readSource('docs/operations.md')))
  })
  test('generated files are there', () => {
    for (const path of generated) assert.ok(paths.includes(path), `${path} is missing: npm run generate`)
  })
})

describe('the checks find what they look for', () => {
  const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: `${lines.join('\n')}\n` })
  const finds = (faults: readonly string[], ...expected: RegExp[]) => {
    assert.equal(faults.length, expected.length, `found: ${faults.join(' | ') || 'nothing'}`)
    for (const [at, form] of expected.entries()) assert.match(faults[at] ?? '', form)
  }

  test('imports that cross a border', () => {
    const bad: [path: string, line: string, fault: RegExp][] = [
      [
        'contract/model/x.ts',
        "import { db } from '../../server/lib/db.ts'",
        /:1 may not import server\/lib\/db\.ts/,
      ],
      ['contract/model/x.ts', "import { join } from 'node:path'", /node:path/],
      [
        'console/src/x.tsx',
        "import type { Y } from '@toneout/server/calls/rules.ts'",
        /server\/calls\/rules/,
      ],
      ['simulator/x.ts', "export { y } from '../server/calls/rules.ts'", /server\/calls\/rules/],
      ['simulator/x.test.ts', "import { y } from '../server/calls/rules.ts'", /server\/calls\/rules/],
      ['simulator/x.ts', "const y = await import('pg')", /may not import pg/],
      ['server/calls/rules.ts', "import { y } from './store.ts'", /calls\/store/],
      ['server/calls/rules.ts', "import 'node:fs'", /node:fs/],
      ['server/calls/store.ts', "import { y } from './rules.ts'", /calls\/rules/],
      ['server/calls/store-lost.ts', "import { y } from '../access/store.ts'", /access\/store/],
      ['server/calls/open-call.ts', "import { y } from '../access/store.ts'", /access\/store/],
      ['server/calls/open-call.ts', "import { y } from '../timeline/stream.ts'", /timeline\/stream/],
      ['server/calls/routes.ts', "import { y } from '../lib/db.ts'", /lib\/db/],
      ['server/lib/x.ts', "import { y } from '../calls/rules.ts'", /calls\/rules/],
      ['server/lib/x.ts', "import { call } from '@toneout/contract/model/call.ts'", /model\/call/],
      ['docs/examples/x.ts', "import { y } from 'pg'", /may not import pg/],
    ]
    for (const [path, line, fault] of bad) finds(importFaults(file(path, line)), fault)
    finds(importFaults(file('elsewhere/x.ts')), /has no rule/)
    finds(sliceFaults(['server/calls/rules.ts', 'server/gossip/rules.ts']), /server\/gossip/)
  })

  test('imports over several lines, and none in strings', () => {
    const long = file('server/lib/x.ts', 'import {', '  a,', '  b,', "} from '../calls/rules.ts'")
    finds(importFaults(long), /:1 may not import/)
    finds(importFaults(file('server/lib/x.ts', `const s = "import a from '../calls/rules.ts'"`)))
    finds(importFaults(file('server/calls/open-call.ts', "import { record } from '../timeline/record.ts'")))
  })

  test('packages that are not declared', () => {
    const declared = { '': new Set(['a-tool']), server: new Set(['pg']) }
    finds(
      undeclaredPackages(file('server/lib/x.ts', "import pg from 'pg'", "import t from 'a-tool'"), declared),
      /:2/,
    )
    finds(undeclaredPackages(file('server/lib/x.test.ts', "import t from 'a-tool'"), declared))
    finds(
      undeclaredPackages(file('simulator/x.ts', "import { y } from '@scope/name/part'"), declared),
      /@scope\/name/,
    )
  })

  test('rules that are not pure', () => {
    const rules = (line: string) => roles.impurities(file('server/calls/rules.ts', line))
    for (const line of [
      'const at = Date.now()',
      'const at = new Date()',
      'Math.random()',
      'async () => {}',
    ]) {
      finds(rules(line), /:1 .* has no place/)
    }
    finds(rules('const at = new Date(given) // never Date.now()'))
    finds(rules('/** Date.now() is not used. */'))
  })

  test('commands that call commands or know HTTP', () => {
    const one = file(
      'server/calls/open-call.ts',
      "import type { FastifyReply } from 'fastify'",
      "import { endCall } from './end-call.ts'",
      'export function openCall() {}',
    )
    const other = file('server/calls/end-call.ts', 'export async function endCall() {}')
    finds(roles.commandFaults([one, other]), /:1 .*HTTP/, /:2 .*end-call/)
    assert.ok(!roles.isCommand(file('server/calls/end-call.ts', 'export function decide() {}')))
  })

  test('SQL in routes, words of the domain in lib/, readers of the environment', () => {
    finds(roles.routeFaults(file('server/calls/routes.ts', '', 'sql`DELETE`')), /:2/)
    finds(roles.domainWords(file('server/lib/x.ts', 'const ambulances = 1')), /ambulances/)
    finds(roles.environmentFaults(file('server/calls/x.ts', 'process.env.PORT')), /process\.env/)
  })

  test('names, lengths, exports and promises', () => {
    finds(shape.nameFaults('server/calls/openCall.ts'), /kebab/)
    finds(shape.nameFaults('server/utils/x.ts'), /utils/)
    finds(shape.nameFaults('server/calls/call-service.ts'), /service/)
    finds(shape.nameFaults('server/migrations/0001-people-and-keys.sql'))
    const lines = (count: number) => Array.from({ length: count }, () => '')
    finds(shape.tooLong(file('x.ts', ...lines(201))), /201 lines/)
    finds(shape.tooLong(file('x.test.ts', ...lines(300))))
    finds(shape.wideLines(file('x.ts', '', 'é'.repeat(111))), /x\.ts:2 has 111/)
    finds(shape.wideLines(file('x.ts', 'é'.repeat(110))))
    finds(shape.staleExemptions([file('x.ts', '')], { 'x.ts': 'a regular expression' }), /x\.ts needs no/)
    const imports = Array.from({ length: 11 }, (_, at) => `import a${at} from './a${at}.ts'`)
    finds(shape.manyImports(file('x.ts', ...imports)), /11 imports/)
    finds(shape.defaultExports(file('x.ts', 'export default 1')), /default/)
    finds(shape.defaultExports(file('vite.config.ts', 'export default 1')))
    finds(shape.leftOver(file('x.ts', `// ${'TO'}${'DO'}: more`)), /x\.ts:1/)
  })

  test('links that lead nowhere and variables nobody tells of', () => {
    const page = file(
      'docs/a.md',
      '# One thing',
      '[a](b.md) [b](#one-thing) [c](../x.ts) [d](https://e.org)',
      '[e](#two)',
    )
    finds(brokenLinks(['docs/a.md', 'x.ts'], [page]), /a\.md:2 links to b\.md/, /:3 .*no such heading/)
    const config = file('config.ts', "read('PORT') read('HOST')")
    const operations = file(
      'operations.md',
      '## Configuration',
      '| `PORT`, `HOSTS` | x |',
      '## More',
      '| `ELSE` |',
    )
    finds(
      undocumentedVariables(config, { ...operations, text: `\n${operations.text}` }),
      /of HOST$/,
      /of HOSTS/,
    )
  })
})
