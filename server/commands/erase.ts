import { eraseCaller } from '../caller-data/erase-calls.ts'
import type { Config } from '../config.ts'
import { readFlags } from './read-flags.ts'
import { CommandFault, say } from './say.ts'
import { withVault } from './with-vault.ts'

const help = `npm run erase -- --caller NUMBER [--dry-run]

Erases a caller's number and words from every call of that number, with or without blanks and dashes, and
reports what it did. With and without its country code it is two numbers: run it for both. Calls under a
legal hold are left alone and listed. Times, types and places stay, so that figures do
not change; places and notes of incidents must be looked at by a person.

  --caller NUMBER   the number, such as +15555550142
  --dry-run         count only, change nothing`

const options = {
  caller: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const

/** Named in the report at most; the rest is counted. */
const listed = 50

function list(what: string, rows: readonly string[]): void {
  if (rows.length === 0) return
  say(`${what}:`)
  for (const row of rows.slice(0, listed)) say(`  ${row}`)
  if (rows.length > listed) say(`  and ${rows.length - listed} more`)
}

/** `npm run erase`: what a caller may ask for by law, also beside a running server. */
export async function erase(config: Config, argv: string[]): Promise<void> {
  const values = readFlags(argv, options, help)
  if (!values) return
  const caller = values.caller?.trim() ?? ''
  if (caller === '' || caller.length > 100) throw new CommandFault(`Give --caller.\n\n${help}`)
  const dryRun = values['dry-run']
  await withVault(config, async (opened) => {
    const report = await eraseCaller(opened, caller, dryRun)
    say(`Calls from this number: ${report.calls}`)
    if (dryRun) say('Nothing was changed (--dry-run).')
    else say(`Calls erased: ${report.erased}; utterances erased: ${report.utterances}`)
    say('With and without its country code a number is two: run it for both.')
    list(
      'Kept by a legal hold',
      report.held.map(({ call_id, reason }) => `call ${call_id}: ${reason}`),
    )
    list(
      'Incidents they are about, to be looked at by a person',
      report.incident_ids.map((id) => `incident ${id}`),
    )
  })
}
