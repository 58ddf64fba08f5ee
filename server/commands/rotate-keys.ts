import { setTimeout as sleep } from 'node:timers/promises'
import { readKeysAgain } from '../caller-data/open-vault.ts'
import { keyDelayMs, resealNumbers, rotateKeys } from '../caller-data/seal-numbers.ts'
import type { Config } from '../config.ts'
import { resealContacts } from '../notifications/reseal-contacts.ts'
import { resealSecrets } from '../sign-in/reseal-secrets.ts'
import { resealSpool } from '../telephony/reseal-spool.ts'
import { readFlags } from './read-flags.ts'
import { say } from './say.ts'
import { withVault } from './with-vault.ts'

const help = `npm run rotate-keys [-- --renew]

Seals the keys of caller data with the first secret of FIELD_KEYS. To change the secret: put the new one
first and keep the old one behind it, restart all servers, run this, then take the old one away.

  --renew   also make a new data key and seal with it all numbers, contacts, secrets and events that wait
            in DATA_DIR, beside running servers; what was sealed stays sealed when this is stopped, and
            running it again goes on with the rest`

const options = {
  renew: { type: 'boolean', default: false },
} as const

/** `npm run rotate-keys`: safe beside running servers. */
export async function rotate(config: Config, argv: string[]): Promise<void> {
  const values = readFlags(argv, options, help)
  if (!values) return
  await withVault(config, async (opened) => {
    const { rewrapped, newKey } = await rotateKeys(opened, opened.secrets, values.renew)
    const source = config.fieldSecrets ? 'the first secret of FIELD_KEYS' : 'the secret in DATA_DIR/field-key'
    say(`Keys sealed with ${source}: ${rewrapped} anew.`)
    if (newKey === undefined) return
    say(`Made data key ${newKey}; it is used in ${keyDelayMs / 1_000} s, when every server has read it.`)
    await sleep(keyDelayMs)
    await readKeysAgain(opened, opened.vault)
    let sealed = 0
    for await (const done of resealNumbers(opened)) {
      sealed = done
      say(`Numbers sealed with it: ${done}`)
    }
    const apps = await resealSecrets(opened)
    const contacts = await resealContacts(opened)
    const events = await resealSpool(opened.dataDir, opened.vault)
    say(
      `All is sealed with key ${newKey}: ${sealed} numbers, ${apps} authenticator apps, ` +
        `${contacts} contacts and secrets of notifications, ${events} waiting events of Twilio anew.`,
    )
  })
}
