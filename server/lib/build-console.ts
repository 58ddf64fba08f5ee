import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '../..')
const source = join(root, 'console')
const dist = join(source, 'dist')
const stamp = 'built-from'

/** Hash of everything the console is built from. */
function sourceHash(): string {
  const hash = createHash('sha256')
  const folders = [join(source, 'src'), join(source, 'public'), join(root, 'contract')]
  const files = ['index.html', 'phone.html', 'vite.config.ts', 'package.json'].map((name) =>
    join(source, name),
  )
  for (const folder of folders.filter(existsSync)) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    files.push(...entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)))
  }
  files.push(join(root, 'package-lock.json'))
  for (const file of files.filter(existsSync).sort())
    hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

const isBuilt = (hash: string) =>
  existsSync(join(dist, stamp)) && readFileSync(join(dist, stamp), 'utf8') === hash

async function runVite(outDir: string): Promise<void> {
  const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', outDir], {
    cwd: source,
    stdio: ['ignore', 'inherit', 'inherit'],
    // A build that hangs must not keep the server from taking calls.
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve))
  if (code !== 0) throw new Error('the console could not be built')
}

/** One below the best: 2 % larger, in less than half of the time that a first start waits for it. */
const packed = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }

/** Packed once here, so that no request packs anything. */
function compress(folder: string): void {
  for (const file of globSync('assets/*.{js,mjs,css,svg}', { cwd: folder })) {
    const bytes = readFileSync(join(folder, file))
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes, packed))
    writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/**
 * Builds the console when its sources changed since the last build; gives the folder to serve. It is built
 * aside and put in place by a rename: a server that runs meanwhile serves the old or the new page, never half
 * of one.
 */
export async function buildConsole(say: (line: string) => void): Promise<string> {
  const hash = sourceHash()
  if (isBuilt(hash)) return dist
  say('Building the console …')
  const [fresh, old] = [`${dist}.new-${process.pid}`, `${dist}.old-${process.pid}`]
  try {
    await runVite(fresh)
    compress(fresh)
    writeFileSync(join(fresh, stamp), hash)
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(fresh, dist)
  } catch (error) {
    // Another start may have put the same build in place a moment earlier.
    if (!isBuilt(hash)) throw error
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  }
  return dist
}
