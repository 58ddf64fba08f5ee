import http from 'node:http'
import net from 'node:net'

export type Sent = {
  method: string
  path: string
  headers?: http.OutgoingHttpHeaders
  /** Sent as JSON; text and bytes as they are. */
  body?: unknown
}
export type Answer = { status: number; headers: http.IncomingHttpHeaders; text: string }

/** Sends many requests over a few connections; of a stream the beginning is enough. */
export function createSender(baseUrl: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 })
  const send = ({ method, path, headers = {}, body }: Sent): Promise<Answer> =>
    new Promise((done, failed) => {
      const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
      const type = body === undefined ? {} : { 'content-type': 'application/json' }
      const options = { method, path, agent, headers: { ...type, ...headers } }
      // The path goes out as it is: `URL` would resolve dots and escape what an attacker does not.
      const { hostname, port } = new URL(baseUrl)
      const request = http.request({ hostname, port, ...options }, (reply) => {
        const { statusCode: status = 0, headers: got } = reply
        let seen = ''
        reply.setEncoding('utf8').on('data', (part: string) => {
          seen += part
        })
        const end = () => done({ status, headers: got, text: seen })
        reply.on('end', end).on('close', end)
        if (got['content-type']?.startsWith('text/event-stream')) request.destroy()
      })
      request.on('error', failed)
      request.end(raw)
    })
  return { send, close: () => agent.destroy() }
}

/** Sends bytes as they are and gives what came until the other side closed, with how long that took. */
export function sendBytes(baseUrl: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(baseUrl)
  return new Promise((done, failed) => {
    let text = ''
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes))
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') failed(error)
    })
    socket.on('close', () => done(text))
  })
}

/** Does the work for each, some at the same time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: 12 }, lane))
}
