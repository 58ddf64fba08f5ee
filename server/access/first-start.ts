import { isPlainUsername, usernameFault, usernameForm } from '@toneout/contract/model/people.ts'
import type { Context } from '../context.ts'
import { hashPassword, randomPassword, randomToken, sha256 } from '../lib/crypto.ts'
import * as store from './store.ts'

/** What the first start made up and must be shown once; undefined where nothing was made. */
export type FirstSecrets = { admin?: { username: string; password?: string }; aiKey?: string }

/** ADMIN_USERNAME is no name that a new account may have; the message is for the person at the terminal. */
export class AdminNameFault extends Error {}

/**
 * Makes one admin when there is none, and an AI dispatcher's key when there is none. Values from the
 * environment are taken silently, generated ones are given back to be shown once. Two processes at once make
 * one admin, and the loser shows nothing.
 */
export async function makeFirstAccounts(ctx: Context): Promise<FirstSecrets> {
  const { config, db } = ctx
  const created_at = ctx.now().toISOString()
  const secrets: FirstSecrets = {}
  if (!(await store.anyAdmin(db))) {
    const username = usernameForm(config.adminUsername ?? 'admin')
    if (!isPlainUsername(username))
      throw new AdminNameFault(`ADMIN_USERNAME cannot be used. ${usernameFault}`)
    const password = config.adminPassword ?? randomPassword()
    const password_hash = await hashPassword(password)
    const made = await store.insertFirstAdmin(db, { username, password_hash, created_at })
    const shown = config.adminPassword ? undefined : password
    if (made !== undefined) secrets.admin = { username, password: shown }
  }
  if (config.aiDispatcherKey) {
    const key = sha256(config.aiDispatcherKey)
    const name = `AI dispatcher (environment, ${key.slice(0, 6)})`
    await store.insertKey(db, { name, key, role: 'ai_dispatcher', created_at })
  } else if (!(await store.anyKey(db))) {
    const aiKey = `tone_${randomToken()}`
    await store.insertKey(db, {
      name: 'AI dispatcher',
      key: sha256(aiKey),
      role: 'ai_dispatcher',
      created_at,
    })
    secrets.aiKey = aiKey
  }
  return secrets
}
