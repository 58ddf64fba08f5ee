import { connect, type Socket } from 'node:net'
import { createLatencies, type Latencies } from './latency.ts'
import { createReplyReader } from './reply-reader.ts'
import { noneYet, type Tally, type WriteKind } from './tally.ts'

/** One request and what its reply must say. `kind` is what the reply acknowledges. */
export type Step = { kind: WriteKind | 'read'; request: string; expect: number }

/**
 * The requests of one connection, one after the other; each is asked for when the one before was answered.
 */
export type Script = (connection: number) => () => Step

export type LoadOptions = { port: number; connections: number; seconds: number; script: Script }

export type LoadResult = {
  /** All that was acknowledged, also what came after the time was over. */
  acknowledged: Tally
  perSecond: number
  latencies: Latencies
  /** Share of one core that this process took. */
  loadCores: number
}

export type HttpConnection = { send: (request: string) => void; close: () => void }

const readSize = 65_536

/**
 * A keep-alive connection with one request in flight; the read buffer is shared, replies are read at once.
 */
export function openHttp(
  port: number,
  onReply: (status: number) => void,
  onFault: (error: Error) => void,
): Promise<HttpConnection> {
  const read = createReplyReader(onReply)
  return new Promise((resolve, reject) => {
    const callback = (size: number, buffer: Uint8Array) => {
      try {
        read(Buffer.from(buffer.buffer, buffer.byteOffset, size))
      } catch (error) {
        onFault(error as Error)
      }
      return true
    }
    const onread = { buffer: Buffer.allocUnsafe(readSize), callback }
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true, onread } as never)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      socket.on('error', onFault)
      socket.on('close', () => onFault(new Error('the server closed a connection')))
      resolve({
        send: (request) => void socket.write(request, 'latin1'),
        close: () => void socket.removeAllListeners('close').destroy(),
      })
    })
  })
}

type Measured = { latencies: Latencies; acknowledged: Tally; counted: number; until: number }

/** Sends one request after the other until the time is over; resolves after the reply to the last one. */
async function drive(port: number, nextStep: () => Step, measured: Measured, gate: Promise<void>) {
  let finish: () => void = () => {}
  let fail: (error: Error) => void = () => {}
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  let step: Step
  let sentAt = 0
  const begin = () => {
    step = nextStep()
    sentAt = performance.now()
    connection.send(step.request)
  }
  const answered = (status: number) => {
    const now = performance.now()
    if (status !== step.expect) return fail(new Error(`${step.kind}: status ${status}, not ${step.expect}`))
    if (step.kind !== 'read') measured.acknowledged[step.kind] += 1
    if (now > measured.until) return finish()
    measured.counted += 1
    measured.latencies.record(now - sentAt)
    begin()
  }
  const connection = await openHttp(port, answered, (error) => fail(error))
  try {
    await gate
    begin()
    await finished
  } finally {
    connection.close()
  }
}

/** Closed loop over keep-alive connections. Rejects at the first reply that is not the expected one. */
export async function runLoad({ port, connections, seconds, script }: LoadOptions): Promise<LoadResult> {
  const latencies = createLatencies()
  const measured: Measured = { latencies, acknowledged: noneYet(), counted: 0, until: 0 }
  let open: () => void = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const driven = Array.from({ length: connections }, (_, at) => drive(port, script(at), measured, gate))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const cpu = process.cpuUsage()
  measured.until = performance.now() + seconds * 1_000
  open()
  await Promise.all(driven)
  const { user, system } = process.cpuUsage(cpu)
  return {
    acknowledged: measured.acknowledged,
    perSecond: measured.counted / seconds,
    latencies,
    loadCores: (user + system) / 1e6 / seconds,
  }
}
