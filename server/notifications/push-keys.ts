import webPush from 'web-push'
import type { Context } from '../context.ts'
import { openPrivateKey, sealPrivateKey } from './contact-seal.ts'
import * as store from './store-push.ts'

type Base = Pick<Context, 'db' | 'now' | 'vault' | 'config'>

/** VAPID: whom a push service may write to, and the pair of keys in base64url. */
export type PushKeys = { subject: string; publicKey: string; privateKey: string }

/**
 * How this server names itself to push services (RFC 8292, 2.1); undefined when nothing says it. Without it
 * some services take no messages.
 */
export function subjectOf({ publicUrl, channels }: Context['config']): string | undefined {
  if (publicUrl?.startsWith('https:')) return publicUrl
  return channels.mail && `mailto:${channels.mail.from}`
}

/** The keys of this database, made where there are none; of several processes one makes them. */
async function findKeys(ctx: Base, subject: string): Promise<PushKeys> {
  const found = await store.findPushKeys(ctx.db.pool)
  if (found) {
    return { subject, publicKey: found.public_key, privateKey: openPrivateKey(ctx.vault, found.private_key) }
  }
  const { publicKey, privateKey } = webPush.generateVAPIDKeys()
  const sealed = sealPrivateKey(ctx.vault, privateKey)
  const made = { public_key: publicKey, private_key: sealed }
  await store.insertPushKeys(ctx.db.pool, made, ctx.now().toISOString())
  return findKeys(ctx, subject)
}

/** Gives the keys, read once; undefined while the server has nothing to name itself by. */
export function createPushKeys(ctx: Base): (() => Promise<PushKeys>) | undefined {
  const subject = subjectOf(ctx.config)
  if (subject === undefined) return undefined
  let keys: Promise<PushKeys> | undefined
  return () => {
    keys ??= findKeys(ctx, subject).catch((error: unknown) => {
      keys = undefined
      throw error
    })
    return keys
  }
}
