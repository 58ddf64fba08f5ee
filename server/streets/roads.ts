import { stat } from 'node:fs/promises'
import type { DriveTimesShown } from '@toneout/contract/model/streets.ts'
import { type GraphThread, openGraphThread } from './graph-thread.ts'

/** Milliseconds before a thread that died is begun again, and how often that is tried in a row. */
const again = { pauseMs: 5_000, times: 5 }

type Shown = NonNullable<DriveTimesShown['graph']>
export type Roads = {
  /** The roads in memory; undefined while there are none. */
  thread: () => GraphThread | undefined
  shown: () => Shown | undefined
  /** Why there are none, or only older ones, although a file is there. */
  problem: () => string | undefined
  /** Looks whether the file is another one; the old roads are used until the new ones are read. */
  refresh: () => Promise<void>
  close: () => Promise<void>
}

type Options = {
  /** Path of the graph; undefined for a server without roads. */
  path: string | undefined
  now: () => Date
  onProblem: (problem: string) => void
}

/** Which file it is, as far as that can be seen from outside; undefined when there is none. */
async function signatureOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`
}

type Current = { thread: GraphThread; shown: Shown }

/** Begins a thread; `onDeath` is told when it dies after it was there. */
async function begin(path: string, now: () => Date, onDeath: (why: string) => void): Promise<Current> {
  let isThere = false
  const thread = await openGraphThread(path, (why) => {
    if (isThere) onDeath(why)
  })
  isThere = true
  return { thread, shown: { ...thread.about, loaded_at: now().toISOString() } }
}

/** Keeps the roads of DATA_DIR in memory. A file that cannot be read is told of, and drives are estimated. */
export function openRoads({ path, now, onProblem }: Options): Roads {
  let current: Current | undefined
  let looked: string | undefined
  let problem: string | undefined
  let deaths = 0
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let reading: Promise<void> = Promise.resolve()

  const tell = (what: string) => {
    problem = what
    onProblem(what)
  }
  const died = (why: string) => {
    current = undefined
    looked = undefined
    deaths += 1
    tell(`The thread of the roads ended: ${why}`)
    if (!closed && deaths <= again.times) timer = setTimeout(() => void refresh(), again.pauseMs * deaths)
  }
  async function look(): Promise<void> {
    const signature = path === undefined || closed ? looked : await signatureOf(path)
    if (signature === looked) return
    looked = signature
    const before = current?.thread
    if (signature === undefined) current = undefined
    else current = await begin(path as string, now, died)
    problem = undefined
    await before?.end()
  }
  const refresh = () => {
    reading = reading.then(look).catch((error: Error) => tell(error.message))
    return reading
  }

  return {
    thread: () => current?.thread,
    shown: () => current?.shown,
    problem: () => problem,
    refresh,
    async close() {
      closed = true
      clearTimeout(timer)
      await reading
      await current?.thread.end()
    },
  }
}
