import { openHttp } from './http-load.ts'

export type Fired = {
  /** From the first request sent to the last reply read. */
  ms: number
  /** In the order of the requests. */
  statuses: number[]
}

/** Open connections that all ask at the same instant. */
export type Crowd = { fire: (requests: readonly string[]) => Promise<Fired>; close: () => void }

export async function openCrowd(port: number, size: number): Promise<Crowd> {
  const statuses = new Array<number>(size).fill(0)
  let missing = 0
  let finish: () => void = () => {}
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const answered = (at: number) => (status: number) => {
    statuses[at] = status
    missing -= 1
    if (missing === 0) finish()
  }
  const opening = statuses.map((_, at) => openHttp(port, answered(at), (error) => fail(error)))
  const connections = await Promise.all(opening)
  return {
    async fire(requests) {
      if (requests.length !== size) throw new Error(`${requests.length} requests for ${size} connections`)
      missing = size
      const finished = new Promise<void>((resolve) => {
        finish = resolve
      })
      const begun = performance.now()
      for (const [at, one] of connections.entries()) one.send(requests[at] as string)
      await Promise.race([finished, failed])
      return { ms: performance.now() - begun, statuses: [...statuses] }
    },
    close() {
      for (const one of connections) one.close()
    },
  }
}
