import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** Fields of /proc/<pid>/stat after the name, which may hold spaces; proc(5) numbers them from 3. */
function readStat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined
  }
}

const ticks = (stat: readonly string[], first: number) => Number(stat[first - 3]) + Number(stat[first - 2])

/**
 * CPU seconds so far of a process and of all its children, those that ended included. Not a number where
 * there is no /proc.
 */
export function cpuSeconds(pid: number): number {
  const own = readStat(pid)
  if (!own) return Number.NaN
  let sum = ticks(own, 14) + ticks(own, 16)
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined
    if (stat && Number(stat[1]) === pid) sum += ticks(stat, 14)
  }
  return sum / ticksPerSecond
}
