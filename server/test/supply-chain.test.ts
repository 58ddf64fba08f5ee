import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from './tidy/files.ts'

type Locked = { version?: string; dev?: boolean; link?: boolean; hasInstallScript?: boolean }
const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const locked = Object.entries(readJson('package-lock.json').packages as Record<string, Locked>)
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '')

test('just the packages with a program to run when they are installed are allowed to', (t) => {
  const allowed = readJson('package.json').allowScripts as Record<string, boolean>
  const withScript = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => nameOf(path))
  const names = Object.keys(allowed).filter((name) => allowed[name])
  assert.deepEqual(names.sort(), [...new Set(withScript)].sort())
  t.diagnostic(`${names.length} packages may run a program when they are installed`)
})

test('npm run sbom lists just what the server runs on, each with its version', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    maxBuffer: 100_000_000,
  })
  const { bomFormat, components, dependencies } = JSON.parse(stdout)
  assert.equal(bomFormat, 'CycloneDX')
  const packages = locked.filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
  const wanted = new Set(packages.map(([path, { version }]) => `${nameOf(path)}@${version}`))
  const listed = new Set(components.map((one: Record<string, string>) => one['bom-ref']))
  const workspaces = ['contract', 'server', 'console', 'simulator'].map((name) => `@toneout/${name}@0.1.0`)
  assert.deepEqual([...listed].sort(), [...wanted, ...workspaces].sort())
  for (const { ref, dependsOn } of dependencies) {
    for (const one of [ref, ...dependsOn]) assert.ok(listed.has(one) || one === 'toneout@0.1.0', one)
  }
})
