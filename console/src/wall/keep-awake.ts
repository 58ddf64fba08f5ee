/** A wall is looked at and never touched, so its screen would go dark. */
export function keepAwake() {
  let lock: WakeLockSentinel | undefined
  const hold = () => {
    // Pages have it over HTTPS only; without it the machine's own settings count.
    if (document.visibilityState !== 'visible' || !navigator.wakeLock) return
    navigator.wakeLock.request('screen').then(
      (held) => {
        lock = held
      },
      () => {},
    )
  }
  hold()
  document.addEventListener('visibilitychange', hold)
  return () => {
    document.removeEventListener('visibilitychange', hold)
    void lock?.release()
  }
}
