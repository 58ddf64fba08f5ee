import { createTransport } from 'nodemailer'
import type { Context } from '../context.ts'
import { faultOf, type Outlet } from './channel.ts'

type Refused = { code?: string; responseCode?: number }

/** A whole try in time-outs of one step: a server that says a word now and then never ends otherwise. */
const mostSteps = 2.5

/** Rejects with Node's own time-out error when it takes longer. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([work, late])
}

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
      const mail = { from, to, subject: title, text, messageId: `<${key}@${host}>` }
      await within(mostSteps * timeoutMs, transport.sendMail(mail))
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
