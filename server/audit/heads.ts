import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { appendFile, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { createBreather } from '../lib/breathe.ts'
import { readOrMakeSecret } from '../lib/secret-file.ts'

/** The end of the chain at a moment; `hash` is that of block `seq`, in hex. */
export type Head = { database: string; seq: number; hash: string; at: string; signature: string }

/** Heads of the chain kept in a file outside the database, for this database alone. */
export type Heads = {
  /** Appends a head, signed, and syncs the file. */
  keep: (head: { seq: number; hash: Buffer; at: string }) => Promise<void>
  /** All that are kept, by seq. */
  read: () => Promise<Head[]>
  isSigned: (head: Head) => boolean
}

/** Bytes of the file at most, some 7,000 heads. */
const sizeLimit = 2_097_152

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

function readKey(folder: string): KeyObject {
  const seed = Buffer.from(readOrMakeSecret(join(folder, 'audit-key')), 'base64url')
  if (seed.length !== 32) throw new Error('audit-key does not hold a key of 32 bytes')
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
}

const signedText = ({ database, seq, hash, at }: Omit<Head, 'signature'>) =>
  Buffer.from(['toneout audit head 1', database, seq, hash, at, ''].join('\n'))

function parseHead(line: string): Head | undefined {
  try {
    const head = JSON.parse(line)
    const isHead = Number.isSafeInteger(head.seq) && typeof head.hash === 'string'
    return isHead && typeof head.signature === 'string' ? head : undefined
  } catch {
    // A line that a power cut tore. Whoever may write it could as well take it away.
    return undefined
  }
}

/**
 * Every other line of the older half. A head fixes the whole chain before it, so older ones only tell how
 * far back a rewriting goes.
 */
export function thin(lines: readonly string[]): string[] {
  const half = lines.length / 2
  return lines.filter((_, at) => at >= half || at % 2 === 0)
}

/** Opens the heads in a folder; makes the key that signs them at the first call. */
export function openHeads(folder: string, database: string): Heads {
  const key = readKey(folder)
  const publicKey = createPublicKey(key)
  const path = join(folder, 'audit-heads.jsonl')

  async function readLines(): Promise<string[]> {
    const text = await readFile(path, 'utf8').catch((error: { code?: string }) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.split('\n').filter(Boolean)
  }

  return {
    async keep({ seq, hash, at }) {
      const head = { database, seq, hash: hash.toString('hex'), at }
      const signature = sign(null, signedText(head), key).toString('base64url')
      const line = JSON.stringify({ ...head, signature })
      const { size } = await stat(path).catch(() => ({ size: 0 }))
      if (size + line.length > sizeLimit) {
        const lines = await readLines()
        const half = `${path}.${process.pid}`
        await writeFile(half, `${thin(lines).join('\n')}\n`, { mode: 0o600, flush: true })
        await rename(half, path)
      }
      // On a line of its own, also after a torn one.
      await appendFile(path, `\n${line}\n`, { mode: 0o600, flush: true })
    },
    async read() {
      const breathe = createBreather()
      const heads: Head[] = []
      for (const line of await readLines()) {
        const head = parseHead(line)
        if (head?.database === database) heads.push(head)
        await breathe()
      }
      return heads.sort((a, b) => a.seq - b.seq)
    },
    isSigned: (head) => verify(null, signedText(head), publicKey, Buffer.from(head.signature, 'base64url')),
  }
}

/** The heads of the configured database; without them calls are taken all the same, and the log says so. */
export function tryHeads(ctx: Context, folder: string | undefined): Heads | undefined {
  if (folder === undefined) return undefined
  try {
    return openHeads(folder, ctx.config.databaseName)
  } catch (error) {
    const { code } = error as { code?: string }
    ctx.log.warn({ code, folder }, 'heads of the audit chain are not kept: DATA_DIR cannot be written')
    return undefined
  }
}
