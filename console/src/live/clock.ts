/**
 * The one clock of the page. Timers are text nodes written here, four times a second and only when their text
 * has changed, so that a screen full of running timers costs React nothing.
 */
type Face = { node: HTMLElement; read: (now: number) => Reading; text: string; tone: string | undefined }

/** What a timer shows; a tone is written to `data-tone`, for how the text looks. */
export type Reading = string | { text: string; tone: string }

const tickMs = 250
const faces = new Set<Face>()
const watchers = new Set<(now: number) => void>()
let timer: ReturnType<typeof setInterval> | undefined

function write(face: Face, now: number) {
  const reading = face.read(now)
  const { text, tone } = typeof reading === 'string' ? { text: reading, tone: undefined } : reading
  if (tone !== face.tone) {
    face.tone = tone
    face.node.dataset.tone = tone
  }
  if (text === face.text) return
  face.text = text
  face.node.textContent = text
}

function tick() {
  const now = Date.now()
  for (const watcher of watchers) watcher(now)
  for (const face of faces) write(face, now)
}

function keepTicking() {
  const wanted = faces.size + watchers.size > 0
  if (wanted && timer === undefined) {
    timer = setInterval(tick, tickMs)
    // A hidden page's timers run late; what is seen again must be right at once.
    document.addEventListener('visibilitychange', tick)
  }
  if (!wanted && timer !== undefined) {
    clearInterval(timer)
    timer = undefined
    document.removeEventListener('visibilitychange', tick)
  }
}

function join<T>(set: Set<T>, member: T): () => void {
  set.add(member)
  keepTicking()
  return () => {
    set.delete(member)
    keepTicking()
  }
}

/** Shows `read` in the node, now and at every tick, until the answer is called. */
export function showTime(node: HTMLElement, read: (now: number) => Reading): () => void {
  const face: Face = { node, read, text: '', tone: undefined }
  write(face, Date.now())
  return join(faces, face)
}

/** Calls `watcher` at every tick, before the texts are written. */
export function watchTime(watcher: (now: number) => void): () => void {
  return join(watchers, watcher)
}
