import { join } from 'node:path'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { launch } from './server-process.ts'
import type { Say, Stage } from './stage.ts'

/** Targets of docs/benchmarks.md. */
const firstTargetMs = 10_000
const secondTargetMs = 2_000
const idleTargetMb = 150
const idleMs = 3_000

type Start = { readyMs: number; idleMb: number }

/** `npm start` with nothing configured: the embedded database and all secrets are made by itself. */
async function start(stage: Stage, dataDir: string): Promise<Start> {
  const npm = process.env.npm_execpath
  const [command, args] = npm ? [process.execPath, [npm, 'start']] : ['npm', ['start']]
  const server = await launch({ command, args, env: { DATA_DIR: dataDir }, onClose: stage.onClose })
  const ready = await fetch(`http://127.0.0.1:${server.port}/health/ready`)
  if (ready.status !== 200) throw new Error(`ready was answered with ${ready.status}`)
  await new Promise((resolve) => setTimeout(resolve, idleMs))
  const idleMb = ((await server.metrics()).get('process_resident_memory_bytes') ?? 0) / 1e6
  await server.stop()
  return { readyMs: server.readyMs, idleMb }
}

/** From `npm start` to the line that says it is ready, on an empty folder and again on the same. */
export async function measureBoot(stage: Stage, { rounds }: Options, tell: Say): Promise<Row[]> {
  const first: Start[] = []
  const second: Start[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const dataDir = join(stage.folder, `boot-${round}`)
    first.push(await start(stage, dataDir))
    second.push(await start(stage, dataDir))
    const [one, two] = [first.at(-1) as Start, second.at(-1) as Start]
    tell(`boot ${round}/${rounds}: ${Math.round(one.readyMs)} ms, again ${Math.round(two.readyMs)} ms`)
  }
  const row = (workload: string, unit: string, values: number[], target: number): Row => {
    const ours = spread(values)
    const targets = [{ text: `<= ${target} ${unit}`, met: ours.median <= target }]
    return { workload, unit, ours, targets, notes: [] }
  }
  const ready = (starts: Start[]) => starts.map((one) => one.readyMs)
  const idle = [...first, ...second].map((one) => one.idleMb)
  return [
    row('boot, first', 'ms', ready(first), firstTargetMs),
    row('boot, again', 'ms', ready(second), secondTargetMs),
    row('idle memory', 'MB', idle, idleTargetMb),
  ]
}
