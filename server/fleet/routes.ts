import { isRefusal } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { changeUnit } from './change-unit.ts'
import { createUnit } from './create-unit.ts'
import { findUnit, isInCrew, readUnits } from './reads.ts'
import { reportPosition, reportPositions } from './report-positions.ts'
import { restoreUnit, retireUnit } from './retire-unit.ts'
import { answer, dutyRoutes, noUnit } from './routes-duty.ts'

type Ids =
  | 'listUnits'
  | 'createUnit'
  | 'readUnit'
  | 'patchUnit'
  | 'setUnitDuty'
  | 'moveUnit'
  | 'retireUnit'
  | 'restoreUnit'
  | 'reportPosition'
  | 'reportPositions'

export function fleetRoutes(ctx: Context): SomeHandlers<Ids> {
  return {
    ...dutyRoutes(ctx),
    listUnits: async ({ query }, { request }) => {
      const page = await readUnits(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    createUnit: async ({ body }, { caller: { actor } }) => {
      const made = await createUnit(ctx, actor, body)
      return isRefusal(made) ? made : { status: 201, body: made }
    },
    readUnit: async ({ params }) => answer((await findUnit(ctx.db.pool, params.id)) ?? noUnit),
    patchUnit: async ({ params, body }, { caller: { actor } }) =>
      answer(await changeUnit(ctx, actor, params.id, body)),
    retireUnit: async ({ params }, { caller: { actor } }) => answer(await retireUnit(ctx, actor, params.id)),
    restoreUnit: async ({ params }, { caller: { actor } }) =>
      answer(await restoreUnit(ctx, actor, params.id)),
    reportPosition: async ({ params, body }, { caller: { actor, role } }) => {
      const isOwn = role !== 'paramedic' || (await isInCrew(ctx.db.pool, params.id, Number(actor.id)))
      return isOwn ? answer(await reportPosition(ctx, params.id, body)) : noUnit
    },
    reportPositions: async ({ body }) => answer(await reportPositions(ctx, body.positions)),
  }
}
