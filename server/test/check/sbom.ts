import { execFileSync } from 'node:child_process'
import { root } from '../tidy/files.ts'

type Component = { 'bom-ref': string; properties?: { name: string }[] }
type Bom = {
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

const isTool = ({ properties = [] }: Component) =>
  properties.some(({ name }) => name === 'cdx:npm:package:development')

/**
 * What the server runs on, as CycloneDX, read from the lock file. npm's own `--omit dev` also leaves out
 * packages of the server that some tool needs as well (pg and zod among them), so the tools are left out here
 * by the mark that each of them has.
 */
function production(bom: Bom): Bom {
  const components = bom.components.filter((one) => !isTool(one))
  const left = new Set(bom.components.filter(isTool).map((one) => one['bom-ref']))
  const dependencies = bom.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => !left.has(one)) }))
  return { ...bom, components, dependencies }
}

const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
const options = { cwd: root, maxBuffer: 100_000_000 }
const bom = JSON.parse(execFileSync('npm', args, { ...options, encoding: 'utf8' }))
process.stdout.write(`${JSON.stringify(production(bom), null, 2)}\n`)
