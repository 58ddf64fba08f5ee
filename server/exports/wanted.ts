import {
  type Exported,
  type ExportFormat,
  exportColumns,
  ownColumns,
} from '@toneout/contract/model/export.ts'
import {
  type ExportQuery,
  exportAssignments,
  exportCalls,
  exportEmsTimes,
  exportIncidents,
  exportUnits,
} from '@toneout/contract/operations/exports.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Context } from '../context.ts'
import { fieldErrors } from '../lib/http/answer.ts'
import type { Caller } from '../lib/http/mount.ts'
import type { Wanted } from './note-export.ts'
import { fileName, toldFilters } from './rules.ts'
import { sources } from './sources.ts'

type Asked = { search?: string; caller_number?: string }

/** What stands before every list of calls: what a role may not filter by, and that numbers are looked for. */
export type CallGate = {
  refuseFilters: (role: Role, asked: Asked) => Refusal | undefined
  noteNumberSearch: (who: Caller, asked: Asked) => Promise<Refusal | undefined>
}

type Query<W extends Exported> = ExportQuery[W] & { format: ExportFormat; columns?: readonly string[] }

/** What is wanted, and the name of its file. */
export type Named = { wanted: Wanted; name: string }

export function nameWanted<W extends Exported>(
  ctx: Context,
  what: W,
  query: Query<W>,
  actor: Caller['actor'],
): Named {
  const { format, columns = what === 'calls' ? ownColumns : exportColumns[what], ...filters } = query
  const name = fileName(what, toldFilters(filters), ctx.now().toISOString(), format)
  return { name, wanted: { actor, what, format, columns, filters, source: sources[what](ctx, query) } }
}

/** Refuses what this caller may not look for; a search for a number is noted. */
export async function judgeCalls(gate: CallGate, caller: Caller, asked: Asked): Promise<Refusal | undefined> {
  return gate.refuseFilters(caller.role, asked) ?? (await gate.noteNumberSearch(caller, asked))
}

const operationOf = {
  calls: exportCalls,
  incidents: exportIncidents,
  assignments: exportAssignments,
  units: exportUnits,
  ems_times: exportEmsTimes,
} as const

/** The query of an export as its text, read as that of a request is; a name that comes twice is refused. */
export function readQuery<W extends Exported>(what: W, text: string): Query<W> | Refusal {
  const given = new URLSearchParams(text)
  const names = [...given.keys()]
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) return refuse('invalid', { fields: { query: [`${twice} is given twice.`] } })
  const parsed = operationOf[what].query.safeParse(Object.fromEntries(given))
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error.issues) })
  return parsed.data as Query<W>
}
