/** What messages leave by; a channel whose variables are not set is not used. */
export type ChannelConfig = {
  /** SMS. `apiBase` is https://api.twilio.com unless tests or a proxy stand in. */
  twilio?: {
    accountSid: string
    authToken: string
    /** While the token is being changed: requests signed with it are Twilio's too. */
    nextAuthToken?: string
    from: string
    apiBase: string
  }
  /** E-mail: smtp:// or smtps:// with login, and the sender. */
  mail?: { smtpUrl: string; from: string }
  /** Hosts of webhooks that may be private or plain http, such as 10.0.0.5 or bus.internal:8080. */
  webhookHosts: string[]
  /** The same of services that phones are told by. Crews name them, so they are a list of their own. */
  pushHosts?: string[]
}

type Reader = {
  text: (variable: string) => string | undefined
  fault: (variable: string, problem: string) => undefined
  url: (variable: string, protocols: readonly string[]) => URL | undefined
}

const twilioNames = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const

function readTwilio(reader: Reader): ChannelConfig['twilio'] {
  const [accountSid, authToken, from] = twilioNames.map(reader.text)
  const apiBase = reader.url('TWILIO_API_BASE', ['https:', 'http:'])?.href ?? 'https://api.twilio.com'
  if (!accountSid && !authToken && !from) return undefined
  for (const name of twilioNames) {
    if (!reader.text(name)) reader.fault(name, 'is required with the other TWILIO_ variables')
  }
  if (accountSid && !/^AC[0-9a-f]{32}$/i.test(accountSid)) {
    reader.fault('TWILIO_ACCOUNT_SID', 'must be AC and 32 hexadecimal digits')
  }
  if (from && !/^\+[1-9]\d{6,14}$/.test(from)) {
    reader.fault('TWILIO_FROM', 'must be a number in international form such as +15550100')
  }
  if (!accountSid || !authToken || !from) return undefined
  const nextAuthToken = reader.text('TWILIO_NEXT_AUTH_TOKEN')
  return {
    accountSid,
    authToken,
    ...(nextAuthToken && { nextAuthToken }),
    from,
    apiBase: apiBase.replace(/\/$/, ''),
  }
}

function readMail(reader: Reader): ChannelConfig['mail'] {
  const smtpUrl = reader.url('SMTP_URL', ['smtp:', 'smtps:'])?.href
  const from = reader.text('MAIL_FROM')
  if (reader.text('SMTP_URL') && !from) reader.fault('MAIL_FROM', 'is required with SMTP_URL')
  if (from && !/^[^\s@]+@[^\s@]+$/.test(from)) {
    reader.fault('MAIL_FROM', 'must be an address such as dispatch@example.org')
  }
  return smtpUrl && from ? { smtpUrl, from } : undefined
}

function readHosts(reader: Reader, variable: string): string[] {
  const hosts = (reader.text(variable) ?? '').split(',').map((one) => one.trim().toLowerCase())
  const named = hosts.filter(Boolean)
  for (const one of named) {
    if (URL.parse(`https://${one}`)?.host !== one) {
      reader.fault(variable, `"${one}" is not a host such as 10.0.0.5 or bus.internal:8080`)
    }
  }
  return named
}

/** The part of the environment that is about channels; faults are told to the reader. */
export function readChannels(reader: Reader): ChannelConfig {
  const [webhookHosts, pushHosts] = [readHosts(reader, 'WEBHOOK_HOSTS'), readHosts(reader, 'PUSH_HOSTS')]
  return { twilio: readTwilio(reader), mail: readMail(reader), webhookHosts, pushHosts }
}
