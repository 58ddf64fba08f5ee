import { ask, reason } from './session.ts'

/** Whether this browser can tell of messages while the page is closed; it cannot over plain HTTP. */
export const canPush = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const registered = () => navigator.serviceWorker.getRegistration('/unit')
const current = async () => (await registered())?.pushManager.getSubscription()

/** Whether this phone is told at the moment. */
export const isPushed = async (): Promise<boolean> =>
  canPush && Notification.permission === 'granted' && Boolean(await current())

/** The server forgets a phone with the session it was told of in, so each new session tells it again. */
export async function renewPush(): Promise<void> {
  const subscription = canPush ? await current() : undefined
  if (subscription) await ask('POST', '/api/push/subscriptions/', subscription.toJSON())
}

/** Asks the browser and tells the server; gives why not, or null. */
export async function turnPushOn(): Promise<string | null> {
  try {
    if ((await Notification.requestPermission()) !== 'granted') {
      return 'This browser was told to show no notifications. Allow them in its settings.'
    }
    const { public_key } = await ask<{ public_key: string }>('GET', '/api/push/key/')
    const registration = await registered()
    // One that was made with another key of the server is of no use.
    await (await current())?.unsubscribe()
    await registration?.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key })
    await renewPush()
    return (await isPushed()) ? null : 'This browser could not set it up.'
  } catch (error) {
    return `Not set up. ${reason(error)}`
  }
}

/** The server learns of it when it next tries to tell this phone. */
export async function turnPushOff(): Promise<string | null> {
  try {
    await (await current())?.unsubscribe()
    return null
  } catch (error) {
    return `Not switched off. ${reason(error)}`
  }
}
