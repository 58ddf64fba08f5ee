import type { StepName } from '@toneout/contract/model/assignment.ts'
import { change, current } from './crew-store.ts'
import { load } from './feed.ts'
import { isWaiting, latestMoment, mostPresses, type Press, pressTime } from './presses.ts'
import { ask, Refused } from './session.ts'
import { addPress, dropPress, putPress, type Queued, readPresses } from './storage.ts'

const slowestRetryMs = 15_000
let isSending = false
let timer: ReturnType<typeof setTimeout> | undefined
let tries = 0

/** There over HTTPS only; a centre may try this page over HTTP in its own network. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const own = ({ person_id }: Press) => person_id === current().person?.id
const waitingOf = () => current().presses.filter((one) => own(one) && one.refused === null)
/** Sent only once it is kept: what is dropped from the disk later must be there. */
const nextToSend = () => waitingOf().find(({ order }) => order !== undefined)

const replace = (press: Queued, by: Queued | null) =>
  change({ presses: current().presses.flatMap((one) => (one.id === press.id ? (by ?? []) : one)) })

/** What is kept on this phone, after a reload. */
export async function readQueue(): Promise<void> {
  change({ presses: (await readPresses().catch(() => [])).filter(own) })
}

/** Sends one press; false when it must wait, because no answer came. */
async function sendOne(press: Queued): Promise<boolean> {
  try {
    await ask(press.method, press.path, press.body)
  } catch (error) {
    const isAnswer = error instanceof Refused && error.status < 500 && error.status !== 429
    if (!isAnswer) return false
    if (error.status === 401) {
      change({ person: null })
      return false
    }
    const refused = { ...press, refused: error.message }
    await putPress(refused).catch(() => {})
    replace(press, refused)
    await load()
    return true
  }
  await dropPress(press).catch(() => {})
  // The step stays on the screen until the answer to it has been read.
  await load()
  replace(press, null)
  return true
}

async function sendAll(): Promise<void> {
  for (let next = nextToSend(); next; next = nextToSend()) {
    if (await sendOne(next)) {
      tries = 0
      continue
    }
    clearTimeout(timer)
    if (current().person) timer = setTimeout(sendPresses, Math.min(slowestRetryMs, 1_000 * 2 ** tries++))
    return
  }
}

/** Sends what waits, in the order in which it was pressed; one that is refused holds up no other. */
export function sendPresses(): void {
  clearTimeout(timer)
  timer = undefined
  if (isSending) return
  isSending = true
  void sendAll().finally(() => {
    isSending = false
    // One that was pressed between the last look and here would wait for the next.
    if (timer === undefined && nextToSend()) sendPresses()
  })
}

type Given = Pick<Press, 'path' | 'words' | 'step'> & {
  body: (at: string, id: string) => Record<string, unknown>
  isDuress?: boolean
}

/** Keeps a press and sends it, now or when there is a network again. */
async function press({ path, words, step, body, isDuress }: Given): Promise<void> {
  const { person, presses, aheadMs, view } = current()
  if (!person || (!isDuress && isWaiting(presses, path))) return
  if (!isDuress && waitingOf().length >= mostPresses) {
    change({
      fault: `${mostPresses} presses wait to be sent. This one was not taken: tell the desk by radio.`,
    })
    return
  }
  const id = newId()
  const now = Date.now()
  const at = pressTime(now, aheadMs, step ? latestMoment(view?.assignment ?? null, presses) : null)
  const made: Press = {
    ...{ id, person_id: person.id, method: 'POST', path, words, step, at, refused: null },
    body: body(at, id),
    pressed_at: new Date(now).toISOString(),
  }
  change({ presses: [...current().presses, made] })
  // Where storage is forbidden it is kept as long as the page is.
  const kept = await addPress(made).catch(() => ({ ...made, order: -1 }))
  replace(made, kept)
  sendPresses()
}

export function pressStep(
  name: StepName,
  words: string,
  more: { hospital_id?: number; reason?: string } = {},
): Promise<void> {
  const assignment_id = current().view?.assignment?.id
  if (assignment_id === undefined) return Promise.resolve()
  const path = `/api/assignments/${assignment_id}/${name}/`
  return press({ path, words, step: { assignment_id, name }, body: (at) => ({ at, ...more }) })
}

export function pressHospital(hospital_id: number, name: string): Promise<void> {
  const id = current().view?.assignment?.id
  const path = `/api/assignments/${id}/hospital/`
  return press({ path, words: `To ${name}`, step: null, body: (at) => ({ at, hospital_id }) })
}

export function pressDelay(
  cause: string,
  words: string,
  minutes: number | null,
  told: string,
): Promise<void> {
  const id = current().view?.assignment?.id
  const reason = told.trim() === '' ? undefined : told.trim()
  const body = (at: string, press_id: string) => ({ press_id, cause, minutes, reason, at })
  return press({ path: `/api/assignments/${id}/delay/`, words: `Delay: ${words}`, step: null, body })
}

export function pressRead(messageId: number): Promise<void> {
  const path = `/api/units/mine/messages/${messageId}/read/`
  return press({ path, words: 'Message read', step: null, body: () => ({}) })
}

export function pressDuress(place: { latitude: number; longitude: number } | null): Promise<void> {
  const id = current().view?.unit?.id
  const body = (at: string, press_id: string) => ({ press_id, at, ...place })
  return press({ path: `/api/units/${id}/duress/`, words: 'Duress', step: null, body, isDuress: true })
}

/** The crew has seen why the server did not take it. */
export async function dropRefused(one: Queued): Promise<void> {
  await dropPress(one).catch(() => {})
  replace(one, null)
}
