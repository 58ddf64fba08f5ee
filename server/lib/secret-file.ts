import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomToken } from './crypto.ts'

/**
 * The secret kept in a file of mode 0600, made at the first call. Two processes at once end with the same
 * one.
 */
export function readOrMakeSecret(path: string): string {
  mkdirSync(dirname(path), { recursive: true })
  const mine = `${path}.${process.pid}`
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
  writeFileSync(mine, `${randomToken()}\n`, { mode: 0o600 })
  try {
    linkSync(mine, path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(mine, { force: true })
  }
  return readFileSync(path, 'utf8').trim()
}
