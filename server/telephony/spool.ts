import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'

/** Events kept at most; beyond it nothing more is taken, and Twilio is told to come again. */
const mostKept = 20_000

export class SpoolFull extends Error {
  constructor() {
    super('no more events can be kept')
  }
}

/** `text` is undefined when it does not open. */
export type Kept = { name: string; text?: string }

/** Events on disk, one file each in the order of their names, sealed as caller data is. */
export type Spool = {
  /** Resolves once the event would outlive a loss of power. */
  add: (text: string) => Promise<void>
  count: () => number
  /** undefined when there is none. */
  oldest: () => Promise<Kept | undefined>
  remove: (name: string) => Promise<void>
  /** Leaves it on disk under another name; the next start tries it again. */
  setAside: (name: string) => Promise<void>
}

/** Where the events of a data folder are. */
export const spoolFolder = (dataDir: string) => join(dataDir, 'twilio')

/** What a kept event is bound to. */
export const placeOf = (row: number) => ({ table: 'twilio_spool', column: 'event', row })
const nameOf = (row: number) => `${String(row).padStart(16, '0')}.event`
export const rowOf = (name: string) => Number(name.slice(0, 16))
const aside = '.aside'
const isEvent = (name: string) => /^\d{16}\.event$/.test(name)

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Another process on this folder was first; what it did is done. */
function unlessGone(error: { code?: string }): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** Milliseconds after which nobody is writing a half-written file any more. */
const partMs = 60_000

/** What an earlier process left; half a file was never promised to anybody. */
async function findKept(folder: string, now: number): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (name.endsWith('.part')) {
      const found = await stat(path).catch(unlessGone)
      if (found && now - found.mtimeMs > partMs) await rm(path, { force: true })
    }
    if (name.endsWith(aside)) await rename(path, path.slice(0, -aside.length)).catch(unlessGone)
  }
  return (await readdir(folder)).filter(isEvent).toSorted()
}

/** Unlike a renaming, a link never takes the place of what another process has kept. */
async function writeEvent(folder: string, name: string, sealed: Buffer): Promise<void> {
  const part = join(folder, `${name}.${process.pid}.part`)
  try {
    await writeSynced(part, sealed)
    await link(part, join(folder, name))
  } finally {
    await rm(part, { force: true })
  }
  await syncFolder(folder)
}

function openEvent(vault: Context['vault'], name: string, sealed: Buffer): Kept {
  try {
    return { name, text: vault.open(placeOf(rowOf(name)), sealed) }
  } catch {
    return { name }
  }
}

/** Opens the folder, with what is there already. */
export async function openSpool(
  folder: string,
  { vault, now }: Pick<Context, 'vault' | 'now'>,
  most = mostKept,
): Promise<Spool> {
  const names = await findKept(folder, now().getTime())
  /** Events that are being written now. */
  let writing = 0
  // Microseconds, and counted on from the newest: names give the order also when the clock is set back.
  let row = rowOf(names.at(-1) ?? '0')
  function forget(name: string): void {
    const at = names.indexOf(name)
    if (at >= 0) names.splice(at, 1)
  }

  return {
    count: () => names.length + writing,
    async add(text) {
      if (names.length + writing >= most) throw new SpoolFull()
      row = Math.max(row + 1, now().getTime() * 1_000)
      const [mine, name] = [row, nameOf(row)]
      writing += 1
      try {
        await writeEvent(folder, name, vault.seal(placeOf(mine), text))
        names.splice(names.findLastIndex((one) => one < name) + 1, 0, name)
      } finally {
        writing -= 1
      }
    },
    async oldest() {
      for (let name = names[0]; name !== undefined; name = names[0]) {
        const sealed = await readFile(join(folder, name)).catch(unlessGone)
        if (!sealed) forget(name)
        else return openEvent(vault, name, sealed)
      }
      return undefined
    },
    async remove(name) {
      await rm(join(folder, name), { force: true })
      forget(name)
    },
    async setAside(name) {
      await rename(join(folder, name), join(folder, name + aside)).catch(unlessGone)
      forget(name)
    },
  }
}
