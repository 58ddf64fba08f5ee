import { readFileSync } from 'node:fs'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { openSeeded, signInAdmin } from './seeded-scene.ts'
import type { Say, Stage } from './stage.ts'

/** docs/benchmarks.md. */
const target = { ratio: 0.5, firstByteMs: 500, megabytes: 80 } as const

/** Resident memory of a process in MB; 0 where it cannot be told. */
function megabytesOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
  } catch {
    return 0
  }
}

/** The same columns of the same rows as the file has them; the number is sealed and stays so. */
const copied = `COPY (SELECT c.id, c.call_sid, encode(c.caller_sealed, 'hex'), c.location, c.emergency_type,
  c.incident_number, c.priority_level, c.status, c.created_at, c.answered_at, c.completed_at,
  c.duration_seconds, c.category, c.latitude, c.longitude, c.escalated_to_911, (c.units_dispatched OR EXISTS
    (SELECT FROM assignments a WHERE a.incident_id = c.incident_id)), c.incident_id, c.language,
  c.answered_by, c.lost_contact, c.handoff FROM calls c ORDER BY c.created_at DESC, c.id DESC)
  TO STDOUT (FORMAT csv)`

/** Takes a file and throws it away; gives when its first byte came and how much it was. */
async function take(url: string, headers: Record<string, string>, look: () => void) {
  const began = performance.now()
  const reply = await fetch(url, { headers })
  if (reply.status !== 200 || !reply.body) throw new Error(`the export is answered with ${reply.status}`)
  let [first, bytes, seen] = [0, 0, 0]
  for await (const part of reply.body) {
    first ||= performance.now() - began
    bytes += part.length
    seen += 1
    if (seen % 50 === 0) look()
  }
  return { first, bytes, seconds: (performance.now() - began) / 1_000 }
}

/** All calls as CSV, beside COPY of the same rows by the same PostgreSQL, in turns. */
export async function measureExport(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const scene = await openSeeded(stage, 'export', options, tell)
  const headers = await signInAdmin(scene)
  const url = `http://127.0.0.1:${scene.server.port}/api/exports/calls/?format=csv`
  const idle = megabytesOf(scene.server.pid)
  let highest = idle
  const look = () => {
    highest = Math.max(highest, megabytesOf(scene.server.pid))
  }
  const [ours, raw, first] = [[] as number[], [] as number[], [] as number[]]
  let bytes = 0
  for (let round = 0; round <= options.rounds; round += 1) {
    const taken = await take(url, headers, look)
    const began = performance.now()
    await scene.sql.query(copied)
    const copySeconds = (performance.now() - began) / 1_000
    // The first round warms up.
    if (round === 0) continue
    ours.push(options.calls / taken.seconds)
    raw.push(options.calls / copySeconds)
    first.push(taken.first)
    bytes = taken.bytes
    tell(`export ${round}/${options.rounds}: ${Math.round(options.calls / taken.seconds)} rows/s`)
  }
  await scene.server.stop()
  const ratio = spread(ours.map((one, at) => one / (raw[at] as number)))
  const firstByte = spread(first)
  const above = highest - idle
  return [
    {
      workload: 'export',
      unit: 'rows/s',
      ours: spread(ours),
      raw: spread(raw),
      ratio,
      p50: firstByte,
      targets: [
        { text: `ratio ${ratio.median.toFixed(2)} >= ${target.ratio}`, met: ratio.median >= target.ratio },
        {
          text: `first byte ${firstByte.median.toFixed(0)} <= ${target.firstByteMs} ms`,
          met: firstByte.median <= target.firstByteMs,
        },
        { text: `${above.toFixed(0)} <= ${target.megabytes} MB above idle`, met: above <= target.megabytes },
      ],
      notes: [
        `CSV of ${options.calls} calls, ${(bytes / 1e6).toFixed(1)} MB; raw is COPY; p50 is the first byte`,
      ],
    },
  ]
}
