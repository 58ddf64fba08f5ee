import { type Crowd, openCrowd } from './crowd.ts'
import { createPool, type Pool } from './dispatch-pool.ts'
import { signInDispatcher } from './dispatcher.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests, type Requests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { checked, checkWhole, NotWhatWasAcknowledged, noneYet } from './tally.ts'

/** Dispatchers who press the key at the same instant, each for an incident of their own. */
const crowdSize = 200
const rushesAPhase = 20
const warmUpPhases = 3

type Rush = { name: string; units: number; targetMs?: number }
const rushes: readonly Rush[] = [
  { name: 'dispatch_same', units: 1, targetMs: 25 },
  { name: 'dispatch_50', units: 50 },
]

type Centre = { scene: Scene; crowd: Crowd; pool: Pool; requests: Requests }

function shuffle<T>(all: T[]): T[] {
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1))
    const moved = all[at] as T
    all[at] = all[other] as T
    all[other] = moved
  }
  return all
}

/** The crowd wants each unit equally often; one of them gets it, the others must be told that it is taken. */
async function runRush({ crowd, pool, requests }: Centre, { name }: Rush, units: number[]): Promise<number> {
  const wanted = shuffle(Array.from({ length: crowdSize }, (_, at) => units[at % units.length] as number))
  const asked = wanted.map((unit) => requests.dispatch(unit, pool.incidents.take()))
  const { ms, statuses } = await crowd.fire(asked)
  const strange = statuses.find((status) => status !== 200 && status !== 409)
  if (strange !== undefined) throw new NotWhatWasAcknowledged(`${name}: a request was answered ${strange}`)
  for (const unit of units) {
    const times = wanted.filter((one, at) => one === unit && statuses[at] === 200).length
    if (times !== 1) throw new NotWhatWasAcknowledged(`${name}: a unit was sent ${times} times`)
  }
  return ms
}

const countBound = `SELECT count(*)::int AS bound, count(DISTINCT unit_id)::int AS different FROM assignments
  WHERE unit_id = ANY($1::bigint[])`

/** Rushes for units that are all free before; gives how many milliseconds each took. */
async function runPhase(centre: Centre, rush: Rush): Promise<number[]> {
  const { scene, pool } = centre
  const sent = rushesAPhase * rush.units
  await pool.stock(sent, rushesAPhase * crowdSize)
  await scene.sql.query('CHECKPOINT')
  const taken = Array.from({ length: rushesAPhase }, () =>
    Array.from({ length: rush.units }, () => pool.units.take()),
  )
  const { took } = await checked(scene.sql, rush.name, async () => {
    const all: number[] = []
    for (const units of taken) all.push(await runRush(centre, rush, units))
    return { took: all, acknowledged: { ...noneYet(), sent } }
  })
  const { bound, different } = (await scene.sql.query(countBound, [taken.flat()])).rows[0]
  if (bound === sent && different === sent) return took
  throw new NotWhatWasAcknowledged(`${rush.name}: ${bound} assignments of ${different} units, not of ${sent}`)
}

function toRow({ name, units, targetMs }: Rush, took: readonly number[]): Row {
  const times = spread(took)
  const isRate = targetMs === undefined
  const ms = `${times.median.toFixed(1)} ms, worst ${times.max.toFixed(1)} ms`
  return {
    workload: name,
    unit: isRate ? 'req/s' : 'ms',
    ours: isRate ? spread(took.map((one) => (crowdSize * 1_000) / one)) : times,
    targets: isRate ? [] : [{ text: `<= ${targetMs} ms`, met: times.median <= targetMs }],
    notes: [
      `${took.length} times ${crowdSize} at the same instant, each for an incident of its own; units ` +
        `that were free: ${units}, each sent once: median ${ms}`,
    ],
  }
}

/** All connections ask at once, again and again, for units that are free before each time. */
export async function measureRushes(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const scene = await stage.open('rush', { profile: options.profile })
  const { port } = scene.server
  const { token } = await signInDispatcher(scene)
  const crowd = await openCrowd(port, crowdSize)
  stage.onClose(crowd.close)
  const centre = { scene, crowd, pool: createPool(scene.sql), requests: createRequests(port, token) }
  const chosen = rushes.filter(({ name }) => options.workloads.includes(name))
  for (let phase = 0; phase < warmUpPhases; phase += 1) {
    for (const rush of chosen) await runPhase(centre, rush)
  }
  const measured = chosen.map(() => [] as number[])
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const [at, rush] of chosen.entries()) {
      const took = await runPhase(centre, rush)
      measured[at]?.push(...took)
      const { median, max } = spread(took)
      tell(`${rush.name} ${round}/${options.rounds}: ${median.toFixed(1)} ms, worst ${max.toFixed(1)} ms`)
    }
  }
  crowd.close()
  await checkWhole(scene.sql, 'dispatch at the same instant')
  await scene.server.stop()
  return chosen.map((rush, at) => toRow(rush, measured[at] as number[]))
}

export const rushNames = rushes.map(({ name }) => name)
