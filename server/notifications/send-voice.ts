import type { Outlet } from './channel.ts'
import { spokenMessage } from './rules-voice.ts'
import { type Account, askTwilio } from './twilio-request.ts'

/** Seconds a phone rings before the next try has its turn. */
const ringSeconds = 25

/**
 * A voice call through Twilio that says the message and asks for a key. What is said goes along with the
 * call, so that the person hears it also when this server is away by then; the key comes to `publicUrl`.
 */
export const createVoice =
  (account: Account, publicUrl: string): Outlet =>
  (parcel, to) => {
    const { key, attempt, words, language } = parcel
    const answer = `${publicUrl}/twilio/voice/message/?key=${key}&language=${language}`
    const status = `${publicUrl}/twilio/voice/message/status/?key=${key}&attempt=${attempt}`
    const form = {
      ...{ To: to, From: account.from, Twiml: spokenMessage(words, language, answer) },
      ...{ Timeout: String(ringSeconds), StatusCallback: status, StatusCallbackMethod: 'POST' },
    }
    return askTwilio(account, 'Calls', form, parcel)
  }
