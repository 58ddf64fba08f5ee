import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { after, describe, test } from 'node:test'
import { postOutside } from './outside-request.ts'
import { createEmail } from './send-email.ts'
import { askTwilio } from './twilio-request.ts'

/** A peer of raw bytes, and how it treats whoever connects. */
const servers: { server: Server; sockets: Set<Socket> }[] = []
async function peer(treat: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    treat(socket)
  })
  servers.push({ server, sockets })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as { port: number }).port
}
after(() => {
  for (const { server, sockets } of servers) {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
})

const afterRequest = (say: (socket: Socket) => void) => (socket: Socket) =>
  void socket.once('data', () => say(socket))
/** Goes on for as long as anybody listens. */
function flood(socket: Socket): void {
  const chunk = Buffer.alloc(64 * 1_024, 'x')
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}
const head = (status: number, more = '') => `HTTP/1.1 ${status} Said\r\n${more}\r\n`
const endless = 'transfer-encoding: chunked\r\ncontent-type: application/json\r\n'
const inside = 'location: http://127.0.0.1:1/\r\ncontent-length: 0\r\n'

const late = /^no answer in time$/
const taken = 'taken'
/** No answer that could be read, whatever the two parsers call it. */
const nonsense = /^(HPE_|UND_ERR_|no connection)/
const gone = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/
type Ends = RegExp | typeof taken
type Peer = [name: string, treat: (socket: Socket) => void, webhook: Ends, twilio: Ends]
const peers: Peer[] = [
  ['takes the connection and hangs', () => {}, late, late],
  ['never reads', (socket) => void socket.pause(), late, late],
  [
    'answers a letter at a time',
    (socket) => {
      const timer = setInterval(() => socket.write('H'), 50)
      socket.on('close', () => clearInterval(timer))
    },
    nonsense,
    nonsense,
  ],
  ['says headers without end', afterRequest(flood), nonsense, nonsense],
  [
    'takes it, and its answer has no end',
    afterRequest((socket) => {
      socket.write(head(201, endless))
      socket.write('fffffff\r\n')
      flood(socket)
    }),
    taken,
    taken,
  ],
  [
    'refuses it, and its answer has no end',
    afterRequest((socket) => {
      socket.write(head(503, endless))
      socket.write('fffffff\r\n')
      flood(socket)
    }),
    /^HTTP 503$/,
    /^Twilio 503$/,
  ],
  [
    'takes it, and hangs in the middle of its answer',
    afterRequest((socket) => void socket.write(`${head(201, 'content-length: 99\r\n')}{`)),
    taken,
    taken,
  ],
  [
    'redirects into this house',
    afterRequest((socket) => socket.end(head(307, inside))),
    /^HTTP 307$/,
    /^no connection$/,
  ],
  ['hangs up', (socket) => void socket.destroy(), gone, gone],
]

describe('whatever the other end does, a try ends and says what came of it', { timeout: 120_000 }, () => {
  // Only what is awaited in vain is short: a slow machine must not be taken for a slow peer.
  const patienceFor = (ends: Ends) => (ends === late ? 500 : 5_000)
  for (const [name, treat, webhook, twilio] of peers) {
    const fits = (got: { done: boolean; fault?: string }, ends: Ends) => {
      if (ends === taken) return assert.equal(got.done, true, JSON.stringify(got))
      assert.match(got.fault ?? 'taken', ends)
    }
    test(`a webhook that ${name}`, async () => {
      const host = `127.0.0.1:${await peer(treat)}`
      const parcel = { url: `http://${host}/`, headers: {}, body: 'x'.repeat(9_000), now: 0 }
      const timeoutMs = patienceFor(webhook)
      fits(await postOutside({ ...parcel, timeoutMs }, [host]), webhook)
    })
    test(`a provider that ${name}`, async () => {
      const apiBase = `http://127.0.0.1:${await peer(treat)}`
      const account = { accountSid: 'AC', authToken: 'x', from: '+15550100', apiBase }
      const asked = { key: 'k', timeoutMs: patienceFor(twilio) }
      fits(await askTwilio(account, 'Messages', { Body: 'x'.repeat(900) }, asked), twilio)
    })
  }

  test('a mail server that says a word now and then', async () => {
    const port = await peer((socket) => {
      socket.write('220 here\r\n')
      const timer = setInterval(() => socket.write('250-wait\r\n'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    const send = createEmail({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'd@example.org' })
    const parcel = { key: 'k', attempt: 1, words: { title: 't', text: 'x' }, language: 'en' } as const
    const told = await send({ ...parcel, timeoutMs: 500 }, 'a@example.org')
    assert.deepEqual(told, { done: false, fault: 'no answer in time' })
  })
})
