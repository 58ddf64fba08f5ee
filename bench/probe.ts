import { openHttp } from './http-load.ts'
import { createLatencies, type Latencies } from './latency.ts'

/** Milliseconds between two looks. */
const pauseMs = 5

/**
 * Asks for something cheap again and again while other work goes on: how long it takes is how long the event
 * loop of the server stands still. `stop` gives the latencies.
 */
export async function openProbe(port: number, request: string): Promise<{ stop: () => Latencies }> {
  const latencies = createLatencies()
  let sentAt: number | undefined
  let fault: Error | undefined
  const answered = (status: number) => {
    if (status !== 200) fault ??= new Error(`the probe was answered with ${status}`)
    if (sentAt !== undefined) latencies.record(performance.now() - sentAt)
    sentAt = undefined
  }
  const connection = await openHttp(port, answered, (error) => {
    fault ??= error
  })
  const timer = setInterval(() => {
    if (sentAt !== undefined) return
    sentAt = performance.now()
    connection.send(request)
  }, pauseMs)
  return {
    stop() {
      clearInterval(timer)
      connection.close()
      if (fault) throw fault
      return latencies
    },
  }
}
