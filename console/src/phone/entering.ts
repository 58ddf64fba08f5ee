import { change } from './crew-store.ts'
import { ask, readMe, reason } from './session.ts'
import { forgetKept, readKept } from './storage.ts'

/** Asks who is signed in; without network this phone remembers who was, and what they were sent to. */
export async function begin(): Promise<void> {
  const kept = await readKept().catch(() => undefined)
  try {
    const person = await readMe()
    const isSame = person !== null && kept?.person.id === person.id
    change({ person, view: isSame ? (kept?.view ?? null) : null })
    if (!isSame) await forgetKept().catch(() => {})
  } catch (error) {
    if (kept) change({ person: kept.person, view: kept.view, isRemembered: true })
    else change({ fault: reason(error) })
  }
}

/** What was loaded leaves this phone with the person; what waits to be sent stays for them. */
export async function signOut(): Promise<string | null> {
  try {
    await ask('POST', '/api/auth/sign-out/')
  } catch (error) {
    return `Not signed out. ${reason(error)}`
  }
  await forgetKept().catch(() => {})
  change({ person: null, view: null, viewReadAt: null, presses: [], fault: null, isRemembered: false })
  return null
}
