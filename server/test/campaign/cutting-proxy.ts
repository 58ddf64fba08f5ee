import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import type { Random } from '../../../simulator/random.ts'

/** What the network does to a request, each a share from 0 to 1. */
export type Trouble = {
  /** Answers of success that are thrown away with their connection: the server has committed by then. */
  drop: number
  /** Requests whose connection is cut once the server has them, and whatever it answers is lost. */
  cut: number
}

export type CuttingProxy = {
  url: string
  counts: { dropped: number; cut: number }
  /** Where requests go from now on; undefined while there is no server. */
  aim: (port: number | undefined) => void
  /** Trouble from now on; there is none at first. */
  trouble: (trouble: Trouble) => void
  close: () => Promise<void>
}

const success = Buffer.from('HTTP/1.1 20')

/** A bad network before one server. It passes bytes, and knows of HTTP only how success begins. */
export async function startCuttingProxy(random: Random): Promise<CuttingProxy> {
  const counts = { dropped: 0, cut: 0 }
  const open = new Set<Socket>()
  let target: number | undefined
  let [drop, cut] = [0, 0]

  function serve(client: Socket): void {
    const upstream = target === undefined ? undefined : connect(target, '127.0.0.1')
    const both = upstream ? [client, upstream] : [client]
    const end = () => {
      for (const one of both) one.destroy()
      open.delete(client)
    }
    open.add(client)
    for (const one of both) one.setNoDelay(true).on('error', end).on('close', end)
    if (!upstream) {
      end()
      return
    }
    client.on('data', (bytes) => {
      upstream.write(bytes)
      if (!random.chance(cut)) return
      counts.cut += 1
      // A little later, so that the server has read it and works on it.
      setTimeout(end, random.int(0, 3))
    })
    upstream.on('data', (bytes: Buffer) => {
      const isSuccess = bytes.subarray(0, success.length).equals(success)
      if (isSuccess && random.chance(drop)) {
        counts.dropped += 1
        end()
      } else client.write(bytes)
    })
  }

  const server = createServer(serve)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    aim: (port) => {
      target = port
    },
    trouble: (trouble) => {
      drop = trouble.drop
      cut = trouble.cut
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        for (const one of open) one.destroy()
      }),
  }
}
