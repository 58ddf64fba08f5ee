import { planHour } from '/work/main/simulator/demand.ts'
import { loadScripts } from '/work/main/simulator/library.ts'

const scripts = loadScripts()
const only = process.argv[3]
const hour = planHour(scripts, { seed: process.argv[2] ?? '1', minutes: 60, callsPerHour: 250 })
const mean = hour.reduce((s, c) => s + c.steps.at(-1)!.at, 0) / hour.length / 1000
console.log(
  hour.length,
  'calls',
  'mean s',
  mean,
  'steps',
  hour.reduce((s, c) => s + c.steps.length, 0),
)
const open: number[] = []
for (let t = 0; t < 3600_000; t += 60_000)
  open.push(hour.filter((c) => c.at <= t && c.ends && c.at + c.steps.at(-1)!.at > t).length)
console.log('open', open.join(' '))
for (const c of hour) {
  if (only && c.script !== only) continue
  if (!only && hour.indexOf(c) > Number(process.argv[4] ?? 12)) break
  console.log(
    `\n== ${c.script} ${c.callerNumber} ${c.place.written} at ${Math.round(c.at / 1000)} ends ${c.ends}`,
  )
  for (const s of c.steps) {
    const t = (s.at / 1000).toFixed(1).padStart(6)
    if (s.do === 'say')
      console.log(
        t,
        s.sequence,
        s.line.speaker,
        s.line.confidence ?? '',
        s.line.is_final ? '' : '(partial)',
        s.line.message,
      )
    else if (s.do === 'revise') console.log(t, s.sequence, '  ->', s.is_final ? '' : '(partial)', s.message)
    else console.log(t, '   *', s.do, JSON.stringify(s.body))
  }
}
