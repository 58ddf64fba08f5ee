import { say } from './demo-status.ts'

/** The first signal ends the play in order; the second does not wait. */
export function stopOnSignals(words: string): AbortController {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1)
      say(words)
      stopping.abort('asked')
    })
  }
  return stopping
}
