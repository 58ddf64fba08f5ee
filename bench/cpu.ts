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

/** CPU seconds so far of a process and of its children that ended; not a number where there is no /proc. */
export function cpuSecondsWithEnded(pid: number): number {
  const own = readStat(pid)
  return own ? (ticks(own, 14) + ticks(own, 16)) / ticksPerSecond : Number.NaN
}

/** The same with the children that live, for a process that works through its children. */
export function cpuSeconds(pid: number): number {
  let sum = cpuSecondsWithEnded(pid)
  if (Number.isNaN(sum)) return sum
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined
    if (stat && Number(stat[1]) === pid) sum += ticks(stat, 14) / ticksPerSecond
  }
  return sum
}

/** Seconds in which a core of this machine was not idle, summed up; what a hypervisor took counts too. */
export function machineSeconds(): number {
  try {
    const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/ +/) ?? []
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields.map(Number)
    return (user + nice + system + irq + softirq + steal) / ticksPerSecond
  } catch {
    return Number.NaN
  }
}
