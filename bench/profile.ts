import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

type Frame = { functionName: string; url: string; lineNumber: number }
type Profile = {
  nodes: { id: number; callFrame: Frame }[]
  samples: number[]
  timeDeltas: number[]
}

const shown = 30
const root = join(import.meta.dirname, '..')

function where({ functionName, url, lineNumber }: Frame): string {
  const name = functionName || '(anonymous)'
  if (!url) return name
  const file = url.startsWith('file://') ? relative(root, new URL(url).pathname) : url
  return `${name} ${file.replace(/^(\.\.\/)*.*node_modules\//, '')}:${lineNumber + 1}`
}

/**
 * Functions of a V8 CPU profile by the time spent in themselves, in percent of the time that was not idle.
 */
export function selfTimes(profile: Profile): { where: string; percent: number }[] {
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, where(callFrame)]))
  const self = new Map<string, number>()
  let busy = 0
  for (const [at, id] of profile.samples.entries()) {
    const name = names.get(id) ?? ''
    if (name === '(idle)' || name === '(root)') continue
    const time = profile.timeDeltas[at] ?? 0
    busy += time
    self.set(name, (self.get(name) ?? 0) + time)
  }
  return [...self]
    .map(([name, time]) => ({ where: name, percent: (100 * time) / busy }))
    .sort((a, b) => b.percent - a.percent)
}

/** The functions of each profile in the folder that take most time. */
export function summarize(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
  return files
    .map((file) => {
      const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
      const lines = selfTimes(profile).slice(0, shown)
      return [file, ...lines.map((one) => `${one.percent.toFixed(1).padStart(6)} %  ${one.where}`)].join('\n')
    })
    .join('\n\n')
}
