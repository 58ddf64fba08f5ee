import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import type { Heard } from './providers.ts'

const info = (text: string, ...more: Buffer[]) => Buffer.concat([Buffer.from(text), ...more])
const derive = (key: Buffer, salt: Buffer, about: Buffer, size: number) =>
  Buffer.from(hkdfSync('sha256', key, salt, about, size))

/** A phone's browser: what it subscribes with, and how it opens what it is sent. */
export function createPhone(endpoint: string) {
  const keys = createECDH('prime256v1')
  const own = keys.generateKeys()
  const auth = randomBytes(16)
  return {
    subscription: {
      endpoint,
      expirationTime: null,
      keys: { p256dh: own.toString('base64url'), auth: auth.toString('base64url') },
    },
    /** RFC 8291 over RFC 8188, one record; throws when it was sealed for another phone. */
    open(body: Buffer): unknown {
      const salt = body.subarray(0, 16)
      const idLength = body.readUInt8(20)
      const sender = body.subarray(21, 21 + idLength)
      const sealed = body.subarray(21 + idLength)
      const shared = keys.computeSecret(sender)
      const secret = derive(shared, auth, info('WebPush: info\0', own, sender), 32)
      const key = derive(secret, salt, info('Content-Encoding: aes128gcm\0'), 16)
      const nonce = derive(secret, salt, info('Content-Encoding: nonce\0'), 12)
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
      const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
      return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'))
    },
  }
}

const read = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))

/** What a push service would complain of in a request (RFC 8030, 8188, 8292); empty for none. */
export function pushFaults(
  { headers, body }: Heard,
  { publicKey, origin }: Record<string, string>,
): string[] {
  const [, token = '', key] = /^vapid t=([^,]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  if (key === undefined) return ['authorization']
  const [head, claims, signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = {
    ...{ kty: 'EC', crv: 'P-256' },
    ...{ x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
  }
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const
  const signed = Buffer.from(`${head}.${claims}`)
  const { aud, exp, sub } = read(claims)
  const seconds = Date.now() / 1_000
  return [
    ...(key === publicKey ? [] : ['another key']),
    ...(read(head).alg === 'ES256' ? [] : ['algorithm']),
    ...(verify('sha256', signed, signer, Buffer.from(signature, 'base64url')) ? [] : ['signature']),
    ...(aud === origin ? [] : ['audience']),
    ...(exp > seconds && exp <= seconds + 86_400 ? [] : ['expiry']),
    ...(/^(https:|mailto:)/.test(sub) ? [] : ['subject']),
    ...(headers['content-encoding'] === 'aes128gcm' ? [] : ['encoding']),
    ...(Number(headers.ttl) > 0 ? [] : ['time to live']),
    ...(body.length > 4_096 ? ['too long'] : []),
  ]
}
