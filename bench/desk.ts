import { timeKeysAmongMoves } from './desk-moves.ts'
import type { Console } from './desk-page.ts'
import { heapOf, openConsole, paintedAt, takeKeys, takeWholes } from './desk-page.ts'
import { signInDispatcher } from './dispatcher.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { pause } from './stream-parts.ts'

const eventsPerSecond = 100
const openCalls = 20
/** Rows that are looked for in each round, one after the other. */
const rowsPerRound = 40
const keysPerRound = 60
const everyKeyMs = 80
const reconnects = 3
const cutMs = 3_000
/** Four hours of a centre in which something happens forty times a minute. */
const heapEvents = 4 * 60 * 40
const targets = { row: 250, key: 50, moves: 50, reconnect: 2_000, heap: 20 }
const unitCount = 500

type Ask = (method: string, path: string, body?: object) => Promise<{ id: number }>

function asking(port: number, headers: Record<string, string>): Ask {
  return async (method, path, body) => {
    const sent = { method, headers: { 'content-type': 'application/json', ...headers } }
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...sent,
      body: JSON.stringify(body ?? {}),
    })
    if (!reply.ok) throw new Error(`${method} ${path} was answered with ${reply.status}`)
    return (await reply.json()) as { id: number }
  }
}

/** Callers who go on speaking: events that every open console hears of. */
async function startTalk(agent: Ask, perSecond: number) {
  const sids = Array.from({ length: openCalls }, (_, n) => `CA-desk-${n}`)
  for (const call_sid of sids) await agent('POST', '/api/calls/', { call_sid, caller_number: '+15550142' })
  let said = 0
  let isOn = true
  const speak = async () => {
    const begun = performance.now()
    for (let n = 0; isOn; n += 1) {
      await pause(Math.max(0, begun + (n * 1_000) / perSecond - performance.now()))
      const path = `/api/calls/${sids[n % sids.length]}/interactions/`
      void agent('POST', path, { speaker: 'CALLER', message: `Words ${n} of somebody` }).then(
        () => {
          said += 1
        },
        () => {},
      )
    }
  }
  const ended = speak()
  return {
    said: () => said,
    async stop() {
      isOn = false
      await ended
    },
  }
}

/** From the request that raises an incident, which is before its commit, to its painted row; milliseconds. */
async function timeRows({ page }: Console, desk: Ask, round: number): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < rowsPerRound; n += 1) {
    const location = `Bench ${round} ${n}`
    const sentAt = performance.timeOrigin + performance.now()
    const { id } = await desk('POST', '/api/incidents/', { emergency_type: 'MEDICAL', priority: 2, location })
    times.push((await paintedAt(page, location)) - sentAt)
    await desk('POST', `/api/incidents/${id}/cancel/`, { disposition: 'FALSE_ALARM' })
  }
  return times
}

async function timeKeys({ page }: Console) {
  await takeKeys(page)
  await takeWholes(page)
  for (let n = 0; n < keysPerRound; n += 1) {
    await page.keyboard.press(n % 12 < 6 ? 'ArrowDown' : 'ArrowUp')
    await pause(everyKeyMs)
  }
  return { keys: await takeKeys(page), wholes: await takeWholes(page) }
}

/** From the moment the line is whole again to the painted row of what happened while it was cut. */
async function timeReconnects({ page, line }: Console, desk: Ask): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < reconnects; n += 1) {
    line.cut()
    const location = `Bench gap ${n}`
    const { id } = await desk('POST', '/api/incidents/', { emergency_type: 'MEDICAL', priority: 2, location })
    await pause(cutMs)
    const mendedAt = performance.timeOrigin + performance.now()
    line.mend()
    times.push((await paintedAt(page, location)) - mendedAt)
    await desk('POST', `/api/incidents/${id}/cancel/`, { disposition: 'FALSE_ALARM' })
  }
  return times
}

async function growHeap({ session }: Console, talk: { said: () => number }): Promise<number> {
  const [before, from] = [await heapOf(session), talk.said()]
  while (talk.said() - from < heapEvents) await pause(500)
  return (await heapOf(session)) - before
}

const p95 = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN

type Found = { name: keyof typeof targets; unit: string; values: number[]; note: string }

function rowOf({ name, unit, values, note }: Found): Row {
  const ours = spread(values)
  const text = `<= ${targets[name]} ${unit}`
  const target = { text, met: ours.median <= targets[name] }
  return { workload: `desk ${name}`, unit, ours, targets: [target], notes: [note] }
}

/** Ten incidents to move among, and a large fleet on the map. */
async function fill({ sql }: Scene, desk: Ask): Promise<void> {
  await sql.query(`INSERT INTO units (unit_number, unit_type, latitude, longitude, position_at, updated_at)
    SELECT 'M' || n, 'ADVANCED', 37.7 + n / 10000.0, -122.4, now(), now()
    FROM generate_series(1, ${unitCount}) n`)
  for (let n = 0; n < 10; n += 1) {
    await desk('POST', '/api/incidents/', { emergency_type: 'TRAUMA', priority: 1, location: `${n} Quay` })
  }
}

/** One console in a real browser while 100 things a second happen, with the map open. */
export async function measureDesk(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const scene = await stage.open('desk', { profile: options.profile })
  const { port } = scene.server
  const person = await signInDispatcher(scene)
  const desk = asking(port, { authorization: `Bearer ${person.token}` })
  await fill(scene, desk)
  const console = await openConsole(stage, port, person)
  const talk = await startTalk(asking(port, { 'x-api-key': scene.aiKey }), eventsPerSecond)
  await timeRows(console, desk, 0)
  const rows: number[] = []
  const keys: number[] = []
  const wholes: number[] = []
  for (let round = 1; round <= options.rounds; round += 1) {
    rows.push(p95(await timeRows(console, desk, round)))
    const pressed = await timeKeys(console)
    keys.push(p95(pressed.keys))
    wholes.push(p95(pressed.wholes))
    const [row, key] = [rows.at(-1)?.toFixed(0), keys.at(-1)?.toFixed(0)]
    tell(`desk ${round}/${options.rounds}: row p95 ${row} ms, key p95 ${key} ms`)
  }
  const moves = p95(await timeKeysAmongMoves(scene, console))
  tell(`desk: key p95 ${moves.toFixed(0)} ms among moves`)
  const heap = await growHeap(console, talk)
  const gaps = await timeReconnects(console, desk)
  await talk.stop()
  await scene.server.stop()
  const beside = `${eventsPerSecond} events a second, the map drawn by software where there is no GPU`
  const whole = `all about it ${spread(wholes).median.toFixed(0)} ms`
  return [
    { name: 'row', unit: 'ms p95', values: rows, note: `from the request to the painted row, ${beside}` },
    {
      name: 'key',
      unit: 'ms p95',
      values: keys,
      note: `from an arrow key to its painted row, ${beside}; ${whole}`,
    },
    {
      name: 'moves',
      unit: 'ms p95',
      values: [moves],
      note: 'the same while 500 units a second move for 60 s',
    },
    { name: 'reconnect', unit: 'ms', values: gaps, note: 'from the mended line to the row that was missed' },
    { name: 'heap', unit: 'MB', values: [heap], note: `more after ${heapEvents} events, garbage collected` },
  ].map((found) => rowOf(found as Found))
}
