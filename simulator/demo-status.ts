import type { CentreCounts, Tally } from './tally.ts'

/** The one place of the simulator that prints. */
export function say(line: string): void {
  const { isTTY } = process.stdout
  process.stdout.write(`${isTTY ? clearLine : ''}${line}\n`)
}

const clearLine = '\r\u001b[2K'

/** Milliseconds between two status lines: on a terminal one line is rewritten, in a log file each stays. */
const everyMs = { terminal: 500, file: 10_000 }

/** Shows how the play goes on until `stop` is called. */
export function showStatus(tally: Tally, clock: () => string): { stop: () => void } {
  const { isTTY } = process.stdout
  let before = { lines: tally.lines, at: performance.now() }
  const show = () => {
    const now = { lines: tally.lines, at: performance.now() }
    const perSecond = (now.lines - before.lines) / Math.max(0.001, (now.at - before.at) / 1_000)
    if (now.at - before.at > 3_000) before = now
    const line = `${clock()} · ${describe(tally, perSecond)}`
    process.stdout.write(isTTY ? `${clearLine}${line}` : `${line}\n`)
  }
  const timer = setInterval(show, isTTY ? everyMs.terminal : everyMs.file)
  return {
    stop() {
      clearInterval(timer)
      say(describe(tally))
    },
  }
}

export function describe(tally: Tally, linesPerSecond?: number): string {
  const number = (value: number) => Math.round(value).toLocaleString('en-US')
  const failed = [...tally.errors.values()].reduce((sum, count) => sum + count, 0)
  // Each retry follows a request that failed in passing; what is left was never made good.
  const faults = failed - tally.retries
  const pace = linesPerSecond === undefined ? '' : ` (${linesPerSecond.toFixed(1)}/s)`
  return [
    `${tally.callsOpen} calls active`,
    `${number(tally.callsEnded)} ended`,
    ...(tally.callsLost > 0 ? [`${tally.callsLost} lost`] : []),
    `${number(tally.lines)} lines sent${pace}`,
    ...(tally.centre ? [describeCentre(tally.centre)] : []),
    `reply p50 ${(tally.latency.percentile(50) / 1_000).toFixed(1)} ms`,
    ...(tally.retries > 0 ? [`${number(tally.retries)} sent again`] : []),
    faults <= 0 ? 'no errors' : `${number(faults)} errors (${mostFrequent(tally.errors)})`,
  ].join(' · ')
}

function describeCentre({ open, dispatched, closed, busy, crews }: CentreCounts): string {
  return `incidents ${open} open, ${dispatched} dispatched, ${closed} closed · ${busy} of ${crews} crews busy`
}

function mostFrequent(errors: ReadonlyMap<string, number>): string {
  const [first] = [...errors].sort(([, a], [, b]) => b - a)
  return first ? `most: ${first[0]}` : ''
}
