import { createTransport } from 'nodemailer'
import type { Context } from '../context.ts'
import { faultOf, type Outlet } from './channel.ts'

type Refused = { code?: string; responseCode?: number }

/** E-mail by SMTP. The Message-ID is the same in each try, by which mail programs show it once. */
export function createEmail({ smtpUrl, from }: NonNullable<Context['config']['channels']['mail']>): Outlet {
  const host = from.split('@')[1] ?? 'toneout.invalid'
  return async ({ key, words, timeoutMs }, to) => {
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    })
    try {
      const { title, text } = words
      await transport.sendMail({ from, to, subject: title, text, messageId: `<${key}@${host}>` })
      return { done: true }
    } catch (error) {
      const { responseCode, code } = error as Refused
      if (responseCode === undefined) {
        return { done: false, fault: code === 'ETIMEDOUT' ? 'no answer in time' : faultOf(error) }
      }
      // 4xx is for now, 5xx for good (RFC 5321, 4.2.1); a refused login may be mended.
      const final = responseCode >= 500 && code !== 'EAUTH'
      return { done: false, fault: `SMTP ${responseCode}`, final }
    } finally {
      transport.close()
    }
  }
}
