import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const source = join(root, 'console')
const dist = join(source, 'dist')
const stamp = join(dist, 'built-from')

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

/** Builds the console when its sources changed since the last build; gives the folder to serve. */
export async function buildConsole(say: (line: string) => void): Promise<string> {
  const hash = sourceHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return dist
  say('Building the console …')
  const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: source,
    stdio: ['ignore', 'inherit', 'inherit'],
    // A build that hangs must not keep the server from taking calls.
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve))
  if (code !== 0) throw new Error('the console could not be built')
  writeFileSync(stamp, hash)
  return dist
}
