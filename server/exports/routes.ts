import {
  type Exported,
  type ExportFormat,
  exportColumns,
  ownColumns,
} from '@toneout/contract/model/export.ts'
import type { ExportQuery } from '@toneout/contract/operations/exports.ts'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Context } from '../context.ts'
import type { Caller, Exchange, SomeHandlers } from '../lib/http/mount.ts'
import type { Exports } from './exports.ts'
import { formats } from './formats.ts'
import { fileName, toldFilters } from './rules.ts'
import { sources } from './sources.ts'

type Ids = 'exportCalls' | 'exportIncidents' | 'exportAssignments' | 'exportUnits' | 'exportEmsTimes'
type Asked = { search?: string; caller_number?: string }

/** What stands before every list of calls: what a role may not filter by, and that numbers are looked for. */
export type CallGate = {
  refuseFilters: (role: Role, asked: Asked) => Refusal | undefined
  noteNumberSearch: (who: Caller, asked: Asked) => Promise<Refusal | undefined>
}

const operationOf = {
  calls: 'exportCalls',
  incidents: 'exportIncidents',
  assignments: 'exportAssignments',
  units: 'exportUnits',
  ems_times: 'exportEmsTimes',
} as const satisfies Record<Exported, Ids>

/** Whole lists as files. `mayStay` looks at the request's credential again, as it is now. */
export function exportRoutes(
  ctx: Context,
  exports: Exports,
  gate: CallGate,
  mayStay: (id: Ids) => (request: Exchange['request']) => Promise<boolean>,
): SomeHandlers<Ids> {
  async function send<W extends Exported>(
    what: W,
    query: ExportQuery[W] & { format: ExportFormat; columns?: readonly string[] },
    { caller, request, reply }: Exchange,
  ) {
    const { format, columns = what === 'calls' ? ownColumns : exportColumns[what], ...filters } = query
    const name = fileName(what, toldFilters(filters), ctx.now().toISOString(), format)
    const headers = {
      'content-type': formats[format].type,
      'content-disposition': `attachment; filename="${name}"`,
    }
    // Whoever asks for the head of a file takes nothing away.
    if (request.method === 'HEAD') {
      reply.headers(headers)
      return { status: 200 as const, body: Buffer.alloc(0) }
    }
    const source = sources[what](ctx, query)
    const wanted = { actor: caller.actor, what, format, columns, filters, source }
    const file = await exports.open(wanted, reply, () => mayStay(operationOf[what])(request))
    if (isRefusal(file)) return file
    reply.headers(headers)
    return { status: 200 as const, body: file }
  }

  return {
    exportCalls: async ({ query }, exchange) => {
      const { caller } = exchange
      const refusal = gate.refuseFilters(caller.role, query) ?? (await gate.noteNumberSearch(caller, query))
      return refusal ?? send('calls', query, exchange)
    },
    exportIncidents: ({ query }, exchange) => send('incidents', query, exchange),
    exportAssignments: ({ query }, exchange) => send('assignments', query, exchange),
    exportUnits: ({ query }, exchange) => send('units', query, exchange),
    exportEmsTimes: ({ query }, exchange) => send('ems_times', query, exchange),
  }
}
