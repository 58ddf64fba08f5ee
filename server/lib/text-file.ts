import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'

/** Why a file cannot be read, in a sentence. */
export class TextFileFault extends Error {}

function asFault(path: string, error: unknown): TextFileFault {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'ENOENT') return new TextFileFault(`There is no file ${path}.`)
  const why = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not text in UTF-8' : message
  return new TextFileFault(`${basename(path)} cannot be read: ${why}.`)
}

/** The text of a file in pieces, unpacked where its name ends in .gz. `onBytes` hears how much was read. */
export async function* readText(path: string, onBytes?: (count: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const raw = createReadStream(path)
  if (onBytes) raw.on('data', (piece) => onBytes(piece.length))
  const bytes = path.endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  raw.on('error', (error) => bytes.destroy(error))
  try {
    for await (const piece of bytes) yield decoder.decode(piece as Buffer, { stream: true })
    yield decoder.decode()
  } catch (error) {
    throw asFault(path, error)
  } finally {
    raw.destroy()
  }
}

type Hashed = { file_name: string; bytes_total: number; file_hash: Buffer }

/** A file's name, its size, and its SHA-256. */
export async function hashFile(path: string): Promise<Hashed> {
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const piece of createReadStream(path)) {
      hash.update(piece as Buffer)
      size += (piece as Buffer).length
    }
  } catch (error) {
    throw asFault(path, error)
  }
  return { file_name: basename(path), bytes_total: size, file_hash: hash.digest() }
}
