import type { Context } from '../context.ts'
import type { Outlets } from './channel.ts'
import { createPushKeys } from './push-keys.ts'
import { createEmail } from './send-email.ts'
import { createPush } from './send-push.ts'
import { createSms } from './send-sms.ts'
import { createVoice } from './send-voice.ts'

/** The ways out to people that the environment sets up. */
export function openOutlets(
  ctx: Pick<Context, 'config' | 'db' | 'now' | 'vault'>,
  keys = createPushKeys(ctx),
) {
  const { publicUrl, channels } = ctx.config
  const { twilio, mail } = channels
  const outlets: Outlets = {
    ...(twilio && { SMS: createSms(twilio) }),
    ...(twilio && publicUrl && { VOICE: createVoice(twilio, publicUrl) }),
    ...(keys && { PUSH: createPush(ctx, keys) }),
    ...(mail && { EMAIL: createEmail(mail) }),
  }
  return outlets
}
