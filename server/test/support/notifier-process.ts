import pino from 'pino'
import { openVault } from '../../caller-data/open-vault.ts'
import { readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { openDatabase } from '../../lib/db.ts'
import { runNotifications } from '../../notifications/notifier.ts'
import { openOutlets } from '../../notifications/outlets.ts'
import { createSettings } from '../../settings/current-settings.ts'

/** Runs what sends messages in a process of its own, which ends itself by SIGKILL at the step it is told. */
const [url = '', secret = '', killAt = ''] = process.argv.slice(2)

const { config } = readConfig(process.env)
if (!config) throw new Error('the configuration of the test is wrong')
const db = openDatabase({ connection: { connectionString: url }, onIdleError: () => {} })
const now = () => new Date()
const vault = await openVault({ db, now }, [secret])
const log = pino({ level: 'silent' })
const settings = createSettings({ db, config })
await settings.refresh()
const ctx: Context = { config, db, now, log, settings, vault }
runNotifications(ctx, {
  outlets: openOutlets(ctx),
  chance: Math.random,
  leaseMs: 400,
  everyMs: 50,
  patience: { tries: 10_000, firstMs: 20, mostMs: 100 },
  onStep: (step) => {
    if (step === killAt) process.kill(process.pid, 'SIGKILL')
  },
})
