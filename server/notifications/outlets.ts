import type { Context } from '../context.ts'
import type { Outlets } from './channel.ts'
import { createEmail } from './send-email.ts'
import { createSms } from './send-sms.ts'

/** The ways out to people that the environment sets up. */
export function openOutlets({ twilio, mail }: Context['config']['channels']): Outlets {
  return {
    ...(twilio && { SMS: createSms(twilio) }),
    ...(mail && { EMAIL: createEmail(mail) }),
  }
}
