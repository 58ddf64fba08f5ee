import type { PersonChannel } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { readyChannels } from './channel.ts'
import { type Notifier, runNotifications } from './notifier.ts'
import { openOutlets } from './outlets.ts'
import { createPushKeys } from './push-keys.ts'
import type { Watching } from './watching.ts'

const nobody: Notifier = { wake: () => {}, close: async () => {} }

/** The channels of this process, and what sends by them; a process may only show them. */
export function openNotifier(ctx: Context, notifies: boolean, onAlarm: Watching['onAlarm']) {
  const pushKeys = createPushKeys(ctx)
  const outlets = openOutlets(ctx, pushKeys)
  const ready: ReadonlySet<PersonChannel> = new Set(['SCREEN', ...readyChannels(outlets)])
  const running = notifies
    ? runNotifications(ctx, { outlets, chance: Math.random, watching: { onAlarm } })
    : nobody
  return { ...running, ready, pushKeys }
}
