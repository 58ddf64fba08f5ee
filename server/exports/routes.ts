import type { Exported, ExportFormat } from '@toneout/contract/model/export.ts'
import type { ExportQuery } from '@toneout/contract/operations/exports.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import type { Exports, MayStay } from './exports.ts'
import { formats } from './formats.ts'
import { type CallGate, judgeCalls, nameWanted } from './wanted.ts'

type Ids = 'exportCalls' | 'exportIncidents' | 'exportAssignments' | 'exportUnits' | 'exportEmsTimes'

export const operationOf = {
  calls: 'exportCalls',
  incidents: 'exportIncidents',
  assignments: 'exportAssignments',
  units: 'exportUnits',
  ems_times: 'exportEmsTimes',
} as const satisfies Record<Exported, Ids>

/** What a browser makes a file of. */
export const headersOf = (format: ExportFormat, name: string) => ({
  'content-type': formats[format].type,
  'content-disposition': `attachment; filename="${name}"`,
})

/** Looks at the request's credential again, as it is now, for what it asks for. */
export type StayOf<Id extends string> = (id: Id) => (request: Exchange['request']) => ReturnType<MayStay>

/** Whole lists as files. */
export function exportRoutes(
  ctx: Context,
  exports: Exports,
  gate: CallGate,
  mayStay: StayOf<Ids>,
): SomeHandlers<Ids> {
  async function send<W extends Exported>(
    what: W,
    query: ExportQuery[W] & { format: ExportFormat; columns?: readonly string[] },
    { caller, request, reply }: Exchange,
  ) {
    const { wanted, name } = nameWanted(ctx, what, query, caller.actor)
    const headers = headersOf(query.format, name)
    // Whoever asks for the head of a file takes nothing away.
    if (request.method === 'HEAD') {
      reply.headers(headers)
      return { status: 200 as const, body: Buffer.alloc(0) }
    }
    const file = await exports.open(wanted, reply, () => mayStay(operationOf[what])(request))
    if (isRefusal(file)) return file
    reply.headers(headers)
    return { status: 200 as const, body: file }
  }

  return {
    exportCalls: async ({ query }, exchange) =>
      (await judgeCalls(gate, exchange.caller, query)) ?? send('calls', query, exchange),
    exportIncidents: ({ query }, exchange) => send('incidents', query, exchange),
    exportAssignments: ({ query }, exchange) => send('assignments', query, exchange),
    exportUnits: ({ query }, exchange) => send('units', query, exchange),
    exportEmsTimes: ({ query }, exchange) => send('ems_times', query, exchange),
  }
}
