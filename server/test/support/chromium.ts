import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Beside the packages, so that a test run unpacks the browser once and leaves nothing in the system's
 * folders.
 */
const cache = join(import.meta.dirname, '../../../node_modules/.cache/toneout-chromium')

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** A Chromium of the system wins: it has the system's libraries and fonts. */
function systemChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/**
 * Unpacks the Chromium of the npm package, with its libraries and fonts, under a name that is complete or
 * absent.
 */
function unpack(): void {
  const half = `${cache}.${process.pid}`
  mkdirSync(half, { recursive: true })
  const script = `
    const { default: chromium, inflate } = await import('@sparticuz/chromium')
    const { dirname, join } = await import('node:path')
    const { fileURLToPath } = await import('node:url')
    await chromium.executablePath()
    const folder = dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium')))
    await inflate(join(folder, '../bin/al2023.tar.br'))`
  const made = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: half },
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`Chromium could not be unpacked: ${made.stderr}`)
  try {
    renameSync(half, cache)
  } catch {
    // Another run was first; its copy is as good.
    rmSync(half, { recursive: true, force: true })
  }
}

export type Chromium = { executablePath: string; env: Record<string, string> }

/** The browser to test with and the environment it needs. */
export function findChromium(): Chromium {
  const system = systemChromium()
  if (system) return { executablePath: system, env: {} }
  if (!existsSync(join(cache, 'chromium'))) unpack()
  const executablePath = join(cache, 'chromium')
  const missing = /not found/.test(spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout ?? '')
  const env: Record<string, string> = {}
  // The bundled libraries are of another system and are used only where the system lacks its own.
  if (missing) env.LD_LIBRARY_PATH = join(cache, 'al2023/lib')
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(cache, 'fonts')
  return { executablePath, env }
}
