import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './starting.ts'

const columns = [
  ...['RowID', 'Call Number', 'Unit ID', 'Unit Type', 'Call Type', 'Final Priority'],
  ...['Call Final Disposition', 'Address', 'City', 'Location', 'Received DtTm', 'Dispatch DtTm'],
  ...['Response DtTm', 'On Scene DtTm', 'Transport DtTm', 'Hospital DtTm', 'Available DtTm'],
]
const types = ['Medical Incident', 'Medical Incident', 'Structure Fire', 'Traffic Collision', 'Alarms']
/** Calls by hour of the day, as cities have them: few at night, most in the afternoon. */
const byHour = [2, 2, 1, 1, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 6, 6, 7, 7, 6, 5, 5, 4, 3, 3]

/** Numbers from 0 to 1, the same in each run. */
function dice(): () => number {
  let state = 20_261_121
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Local time as the table of San Francisco has it. */
function stamp(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const hour = at.getUTCHours()
  const day = `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()}`
  const time = `${two(hour % 12 || 12)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
  return `${day} ${time} ${hour < 12 ? 'AM' : 'PM'}`
}

/** Seconds between one milestone and the next: processing, turnout, travel, scene, transport, hospital. */
const spans = [45, 60, 330, 900, 600, 1_200]

/** Writes invented runs of the last weeks as a file that is imported, so that figures have a past. */
export function writePast(path: string, until: Date, days = 60): void {
  const next = dice()
  const lines: string[] = []
  const midnight = Math.floor(until.getTime() / 86_400_000) - days
  for (let day = midnight; day < midnight + days - 1; day += 1) {
    for (const [hour, mean] of byHour.entries()) {
      const count = Math.round(mean * (0.5 + next()))
      for (let one = 0; one < count; one += 1) {
        const id = lines.length + 1
        let at = (day * 24 + hour) * 3_600_000 + next() * 3_600_000
        const times = [at, ...spans.map((mean) => (at += mean * 1_000 * (0.5 + next())))]
        const unit = `M${String(1 + (id % 24)).padStart(2, '0')}`
        const type = types[Math.floor(next() * types.length)] ?? 'Alarms'
        const place = `"(${(44.6 + next() / 10).toFixed(4)}, ${(-127.5 + next() / 10).toFixed(4)})"`
        const what = [`${id}-${unit}`, id, unit, 'MEDIC', type, next() < 0.4 ? '3' : '2', 'Code 2 Transport']
        // One in two hundred says a time that nobody can read.
        const received = id % 200 === 0 ? 'yesterday' : stamp(new Date(times[0] ?? at))
        const rest = times.slice(1).map((time) => stamp(new Date(time)))
        lines.push([...what, `${id} Harbour Street`, 'Port Halvard', place, received, ...rest].join(','))
      }
    }
  }
  writeFileSync(path, `${[columns.join(','), ...lines].join('\n')}\n`)
}

/** Brings invented runs of the last weeks by the program's own command, beside the running server. */
export async function bringPast(folder: string): Promise<void> {
  const path = join(folder, 'runs-of-autumn.csv')
  writePast(path, new Date())
  const env = { ...process.env, USE_TEST_DB: 'true', DATA_DIR: join(folder, 'demo') }
  const command = ['server/main.ts', 'import', 'sf-fire', path]
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the past could not be imported')
}
