/**
 * The service worker of the crew's page, built to /unit-worker.js. It keeps the page and the files the page
 * names, so that a reload works without network. It never touches the API: what a crew was sent to is kept by
 * the page (storage.ts).
 */
type Extended = { waitUntil: (work: Promise<unknown>) => void }
type Fetched = Extended & { request: Request; respondWith: (reply: Promise<Response>) => void }
type Pushed = Extended & { data: { json: () => unknown } | null }
type Clicked = Extended & { notification: Notification }
type Window = { url: string; focus: () => Promise<unknown> }
type Worker = {
  addEventListener(type: 'install' | 'activate', listener: (event: Extended) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void
  addEventListener(type: 'push', listener: (event: Pushed) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Clicked) => void): void
  skipWaiting: () => Promise<void>
  registration: { showNotification: (title: string, options: object) => Promise<void> }
  clients: {
    claim: () => Promise<void>
    matchAll: (of: { type: 'window' }) => Promise<Window[]>
    openWindow: (url: string) => Promise<unknown>
  }
}
const worker = self as unknown as Worker

const shell = 'unit-shell'
const page = '/unit'
/** A network that is there in name only must not keep a crew from what is on the phone. */
const patienceMs = 4_000

/** Files of ours that a page names. */
const namedIn = (html: string) =>
  [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((found) => found[1] as string)

/** Keeps a page once all its files are kept, and drops those of an older one: never half of one. */
async function keep(reply: Response): Promise<void> {
  const files = namedIn(await reply.clone().text())
  const cache = await caches.open(shell)
  const missing = []
  for (const file of files) if (!(await cache.match(file))) missing.push(file)
  await cache.addAll(missing)
  await cache.put(page, reply)
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (pathname !== page && !files.includes(pathname)) await cache.delete(url)
  }
}

async function openPage(event: Fetched): Promise<Response> {
  const cache = await caches.open(shell)
  try {
    const reply = await fetch(event.request, { signal: AbortSignal.timeout(patienceMs) })
    if (reply.ok) event.waitUntil(keep(reply.clone()).catch(() => {}))
    if (reply.ok) return reply
    // A proxy without a server behind it answers too.
    return (await cache.match(page)) ?? reply
  } catch (error) {
    const kept = await cache.match(page)
    if (kept) return kept
    throw error
  }
}

async function openFile(request: Request): Promise<Response> {
  return (await (await caches.open(shell)).match(request)) ?? fetch(request)
}

worker.addEventListener('install', (event) => {
  event.waitUntil(fetch(page, { cache: 'no-store' }).then(keep).then(worker.skipWaiting.bind(worker)))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate' && (pathname === page || pathname === `${page}/`)) {
    event.respondWith(openPage(event))
  } else if (pathname.startsWith('/assets/') || pathname === '/favicon.svg') {
    event.respondWith(openFile(request))
  }
})

/** What the server sends (server/notifications/send-push.ts); the same tag again takes its own place. */
type Told = { tag: string; title: string; text: string }

worker.addEventListener('push', (event) => {
  // A browser takes a push that shows nothing amiss, so something is shown in any case.
  const { tag, title, text } = (event.data?.json() ?? { title: 'Open the crew page' }) as Told
  const options = {
    tag,
    body: text,
    icon: '/favicon.svg',
    vibrate: [300, 150, 300],
    requireInteraction: true,
  }
  event.waitUntil(worker.registration.showNotification(title, options))
})

async function openCrewPage(): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window' })
  const open = windows.find(({ url }) => new URL(url).pathname.startsWith(page))
  await (open ? open.focus() : worker.clients.openWindow(page))
}

worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openCrewPage())
})
