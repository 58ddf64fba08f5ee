import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../tidy/files.ts'

const { resolve } = createRequire(import.meta.url)

export type Ended = { code: number; stdout: string; stderr: string }

/**
 * Runs a program of a package at the root of the repository with this Node; `path` is relative to the
 * package. Its arguments are given as they are, no shell reads them.
 */
export function runProgram(
  name: string,
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const file = join(resolve(`${name}/package.json`), '..', path)
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  }
  return new Promise((ended, failed) => {
    child.on('error', failed)
    child.on('close', (code) => ended({ code: code ?? 1, ...said }))
  })
}
