import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom } from '../random.ts'

export type FlakyProxy = {
  url: string
  troubles: Record<Trouble, number>
  /** What was asked, e.g. `POST /api/calls/`. */
  asked: string[]
  close: () => Promise<void>
}
export type ProxyOptions = {
  /** Of the requests this share meets with trouble, 0..1. */
  share: number
  /** Milliseconds added to every request. */
  delayMs?: number
}
export type Trouble = 'refused' | 'cut_before' | 'cut_after'

/**
 * A bad network between agent and server, for tests: some requests are refused with 503, some never arrive,
 * and of some the reply is lost after the server has done the work. Only the last kind shows whether retries
 * are harmless.
 */
export async function startFlakyProxy(
  target: string,
  seed: string,
  { share, delayMs = 0 }: ProxyOptions,
): Promise<FlakyProxy> {
  const random = createRandom(seed)
  const asked: string[] = []
  const troubles = { refused: 0, cut_before: 0, cut_after: 0 }
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse, deliver: boolean) => {
    const { method, headers, url } = incoming
    const sent = forward(`${target}${url}`, { method, headers }, (reply) => {
      if (!deliver) {
        reply.resume()
        reply.on('end', () => incoming.socket.destroy())
        return
      }
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(outgoing)
    })
    sent.on('error', () => incoming.socket.destroy())
    incoming.pipe(sent)
  }
  const server = createServer((incoming, outgoing) => {
    const trouble = random.chance(share)
      ? random.pick(['refused', 'cut_before', 'cut_after'] as const)
      : undefined
    asked.push(`${incoming.method} ${incoming.url}`)
    if (trouble) troubles[trouble] += 1
    if (trouble === 'cut_before') incoming.socket.destroy()
    else if (trouble === 'refused') {
      incoming.resume()
      outgoing.writeHead(503, { 'content-type': 'application/json' }).end('{"code":"unavailable"}')
    } else setTimeout(() => pass(incoming, outgoing, trouble !== 'cut_after'), delayMs)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    troubles,
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
