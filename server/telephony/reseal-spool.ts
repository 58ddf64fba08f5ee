import { access, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keyIdOf } from '../lib/field-cipher.ts'
import type { Vault } from '../lib/vault.ts'
import { placeOf, rowOf, spoolFolder, syncFolder, writeSynced } from './spool.ts'

const isKept = (name: string) => /^\d{16}\.event(\.aside)?$/.test(name)

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Seals anew what waits in a data folder and another key than the current one has sealed; gives how many
 * events. A server may take one away meanwhile: what is gone stays gone, and one that came back in that
 * instant would be done again, which changes nothing. No folder means that nothing waits.
 */
export async function resealSpool(dataDir: string, vault: Vault): Promise<number> {
  const folder = spoolFolder(dataDir)
  const names = await readdir(folder).catch(() => [])
  let done = 0
  for (const name of names.filter(isKept)) {
    const path = join(folder, name)
    const sealed = await readFile(path).catch(() => undefined)
    if (!sealed || keyIdOf(sealed) === vault.currentKey()) continue
    const place = placeOf(rowOf(name))
    // The name of a half-written file, which the next start removes.
    const part = `${path}.${process.pid}.part`
    try {
      await writeSynced(part, vault.seal(place, vault.open(place, sealed)))
      if (!(await isThere(path))) continue
      await rename(part, path)
      done += 1
    } finally {
      await rm(part, { force: true })
    }
  }
  if (done > 0) await syncFolder(folder)
  return done
}
