import { createHash } from 'node:crypto'

type Sealed = { seq: number; previous_hash: Buffer; sealed_at: string; fact_ids: string }

/**
 * SHA-256 of a block: the lines `toneout audit block 1`, seq, previous hash in hex, instant of sealing in
 * seconds since 1970 with six decimals, and ids, each ended by a line feed; then the facts' full hashes.
 */
export function hashBlock({ seq, previous_hash, sealed_at, fact_ids }: Sealed, hashes: Buffer): Buffer {
  const lines = ['toneout audit block 1', seq, previous_hash.toString('hex'), sealed_at, fact_ids, '']
  return createHash('sha256').update(lines.join('\n')).update(hashes).digest()
}
