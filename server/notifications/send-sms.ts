import type { Outlet } from './channel.ts'
import { type Account, askTwilio } from './twilio-request.ts'

/** SMS through Twilio. */
export const createSms =
  (account: Account): Outlet =>
  (parcel, to) => {
    const body = [parcel.words.title, parcel.words.text].filter(Boolean).join('. ')
    return askTwilio(account, 'Messages', { To: to, From: account.from, Body: body }, parcel)
  }
