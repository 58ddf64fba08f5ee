import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Heard = {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  bytes: Buffer
}
export type Saying = { status: number; headers?: Record<string, string>; body?: string } | 'silence' | 'reset'

export type Peer = {
  url: string
  heard: Heard[]
  /** What it answers to a request; the default is 200. */
  answer: (say: (request: Heard, number: number) => Saying) => void
  /** The most requests for a path that were unanswered at the same time. */
  open: (path: string) => number
  close: () => Promise<void>
}

/** A program on the other end of HTTP, that keeps what it was sent and answers as it is told. */
export async function startPeer(): Promise<Peer> {
  const heard: Heard[] = []
  const waiting = new Map<string, number>()
  const most = new Map<string, number>()
  let say: (request: Heard, number: number) => Saying = () => ({ status: 200 })
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const bytes = Buffer.concat(chunks)
      const one = { method, path: url, headers, body: bytes.toString('utf8'), bytes }
      heard.push(one)
      const said = say(one, heard.length)
      if (said === 'silence') {
        const now = (waiting.get(url) ?? 0) + 1
        waiting.set(url, now)
        most.set(url, Math.max(now, most.get(url) ?? 0))
        reply.on('close', () => waiting.set(url, (waiting.get(url) ?? 1) - 1))
        return
      }
      if (said === 'reset') return void request.socket.destroy()
      reply.writeHead(said.status, said.headers).end(said.body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    open: (path) => most.get(path) ?? 0,
    answer(next) {
      say = next
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

export const twilioAccount = {
  accountSid: `AC${'0123456789abcdef'.repeat(2)}`,
  authToken: 'a token of the test',
  from: '+15550199',
}

/** What Twilio would complain of in a request for a message or a call; empty for none. */
export function twilioFaults(
  { method, path, headers, body }: Heard,
  resource: 'Messages' | 'Calls' = 'Messages',
): string[] {
  const said = resource === 'Messages' ? 'Body' : 'Twiml'
  const most = resource === 'Messages' ? 1_600 : 4_000
  const { accountSid, authToken } = twilioAccount
  const login = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const form = new URLSearchParams(body)
  return [
    ...(method === 'POST' ? [] : ['method']),
    ...(path === `/2010-04-01/Accounts/${accountSid}/${resource}.json` ? [] : ['path']),
    ...(headers.authorization === login ? [] : ['authorization']),
    ...(headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? [] : ['content type']),
    ...['To', 'From', said].filter((name) => !form.get(name)),
    ...['To', 'From'].filter((name) => !/^\+[1-9]\d{6,14}$/.test(form.get(name) ?? '')),
    ...((form.get(said) ?? '').length > most ? [`${said} is too long`] : []),
  ]
}

/** As Twilio answers a message that it took. */
export const twilioTook = (number: number): Saying => ({
  status: 201,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ sid: `SM${String(number).padStart(32, '0')}`, status: 'queued' }),
})

/** As Twilio answers what it does not take; its sentence names the number. */
export const twilioRefused = (status: number, code: number, headers = {}): Saying => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ code, message: "The 'To' number +15550123 is not a valid phone number.", status }),
})

export type Mail = { from: string; to: string[]; text: string }

/** A mail server in this process; `refuse` gives the SMTP status of the next recipient, 0 for none. */
export async function startMailServer(refuse: () => number = () => 0) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo(_address, _session, done) {
      const status = refuse()
      if (status === 0) return done()
      done(Object.assign(new Error('not now'), { responseCode: status }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom ? mailFrom.address : ''
        mails.push({ from, to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  return {
    mails,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

/** Waits for something that comes by itself, on however loaded a machine. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  ms = 60_000,
): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error('it did not come')
    await new Promise((next) => setTimeout(next, 20))
  }
}
