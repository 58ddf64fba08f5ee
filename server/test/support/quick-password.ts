import { argon2Sync, randomBytes } from 'node:crypto'

/** argon2id as the server keeps it, of a cost that only tests may have: 64 KiB in place of 46 MiB. */
export function hashQuickly(password: string): string {
  const nonce = randomBytes(16)
  const parameters = { memory: 64, passes: 1, parallelism: 1, tagLength: 32 }
  const tag = argon2Sync('argon2id', { message: password, nonce, ...parameters })
  const encode = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=64,t=1,p=1$${encode(nonce)}$${encode(tag)}`
}
