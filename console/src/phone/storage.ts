import type { CrewView, HospitalOptions } from '@toneout/contract/model/crew.ts'
import type { Press } from './presses.ts'
import type { Person } from './session.ts'

/** What the page shows again after a reload without network. */
export type Kept = { person: Person; view: CrewView | null }

let opened: Promise<IDBDatabase> | undefined

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('toneout-unit', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('presses', { keyPath: 'order', autoIncrement: true })
      request.result.createObjectStore('kept')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

const store = async (name: 'presses' | 'kept', mode: IDBTransactionMode) =>
  (await open()).transaction(name, mode).objectStore(name)

/** A press with its place in the queue. */
export type Queued = Press & { order?: number }

export async function readPresses(): Promise<Queued[]> {
  return done((await store('presses', 'readonly')).getAll())
}

/** Resolves when it is on the disk: only then is it shown as kept. */
export async function addPress(press: Press): Promise<Queued> {
  const order = await done((await store('presses', 'readwrite')).add(press))
  return { ...press, order: Number(order) }
}

export const putPress = async (press: Queued) => done((await store('presses', 'readwrite')).put(press))

export async function dropPress({ order }: Queued): Promise<void> {
  if (order !== undefined) await done((await store('presses', 'readwrite')).delete(order))
}

/**
 * Keeps what a reload without network needs: what was said in the call stays out, and with the assignment the
 * address goes too.
 */
export async function keep({ person, view }: Kept): Promise<void> {
  const needed = view && { ...view, words: [], notes: [] }
  await done((await store('kept', 'readwrite')).put({ person, view: needed }, 'last'))
}

export const readKept = async (): Promise<Kept | undefined> =>
  done((await store('kept', 'readonly')).get('last'))

/** Takes everything but presses off this phone. */
export const forgetKept = async () => done((await store('kept', 'readwrite')).clear())

type Hospitals = HospitalOptions['hospitals']
export const keepHospitals = async (list: Hospitals) =>
  done((await store('kept', 'readwrite')).put(list, 'hospitals'))
export const readHospitals = async (): Promise<Hospitals | undefined> =>
  done((await store('kept', 'readonly')).get('hospitals'))
