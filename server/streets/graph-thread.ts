import { Worker } from 'node:worker_threads'
import type { Position } from '../lib/geo.ts'
import type { GraphAbout } from './graph-file.ts'
import type { Drives, Question, Route } from './router.ts'
import type { Ask, ClosedPlace, FoundSegment } from './router-thread.ts'

/** Questions that may wait in one thread; more are not asked. */
const mostWaiting = 64
/** Milliseconds until an answer counts as not given. */
const patience = 1_000

type Body<T> = T extends Ask ? Omit<T, 'number'> : never
type Heard =
  | { about: GraphAbout; number?: undefined }
  | { about?: undefined; number: number; answer: unknown }

/**
 * The roads in a thread of their own: neither reading them nor a search holds up the server's requests. An
 * answer is undefined when there is none, when too many wait, or when it takes longer than a second.
 */
export type GraphThread = {
  about: GraphAbout
  times: (
    question: Question,
    latitudes: Float64Array,
    longitudes: Float64Array,
  ) => Promise<Drives | undefined>
  route: (question: Question, place: Position) => Promise<Route | undefined>
  find: (asked: { place?: Position; segment_id?: string }) => Promise<FoundSegment | undefined>
  close: (places: readonly ClosedPlace[]) => Promise<void>
  end: () => Promise<void>
}

/** Begins the thread; fails with a sentence when the file cannot be read. `onEnd` is told of its death. */
export function openGraphThread(path: string, onEnd: (why: string) => void): Promise<GraphThread> {
  const worker = new Worker(new URL('router-thread.ts', import.meta.url), {
    workerData: path,
    name: 'streets',
  })
  const waiting = new Map<number, (answer: unknown) => void>()
  let next = 0
  let ended = false

  const ask = <T>(body: Body<Ask>): Promise<T | undefined> => {
    if (ended || waiting.size >= mostWaiting) return Promise.resolve(undefined)
    next += 1
    const number = next
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), patience)
      // What came too late still makes room for the next question.
      waiting.set(number, (answer) => {
        clearTimeout(timer)
        resolve(answer as T | undefined)
      })
      worker.postMessage({ number, ...body })
    })
  }

  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error)
      if (!ended) onEnd(error.message)
      ended = true
      for (const answer of waiting.values()) answer(undefined)
      waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', () => fail(new Error('the thread ended')))
    worker.on('message', ({ about, ...heard }: Heard) => {
      if (about === undefined) {
        const { number, answer } = heard as { number: number; answer: unknown }
        waiting.get(number)?.(answer)
        waiting.delete(number)
        return
      }
      resolve({
        about,
        times: (question, latitudes, longitudes) => ask({ kind: 'times', question, latitudes, longitudes }),
        route: (question, place) => ask({ kind: 'route', question, place }),
        find: (asked) => ask({ kind: 'find', ...asked }),
        close: async (places) => void (await ask({ kind: 'close', places })),
        async end() {
          ended = true
          await worker.terminate()
        },
      })
    })
  })
}
