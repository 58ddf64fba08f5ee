import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { changePlace } from './change-place.ts'
import { createPlace } from './create-place.ts'
import { findOwnHospitalId, findPlace, readHospitals, readInbound, readStations } from './reads.ts'
import { retirePlace } from './retire-place.ts'
import { etaSeconds, refuseFields } from './rules.ts'

type HospitalIds =
  | 'listHospitals'
  | 'createHospital'
  | 'readHospital'
  | 'readOwnHospital'
  | 'patchHospital'
  | 'retireHospital'
  | 'restoreHospital'
type StationIds =
  | 'listStations'
  | 'createStation'
  | 'readStation'
  | 'patchStation'
  | 'retireStation'
  | 'restoreStation'

const noHospital = refuse('not_found', { detail: 'There is no hospital with this id.' })
const noStation = refuse('not_found', { detail: 'There is no station with this id.' })

/** A command's answer as a reply: the row it gives, or its refusal. */
function answer<S extends 200 | 201, T extends object>(status: S, given: T | Refusal, missing: Refusal) {
  if (!isRefusal(given)) return { status, body: given }
  return given.refused === 'not_found' ? missing : given
}

type Caller = Exchange['caller']

/** Whether the hospital is one that somebody may not know of: hospitals know only their own. */
async function isAnothers(ctx: Context, { actor, role }: Caller, id: number): Promise<boolean> {
  return role === 'hospital' && (await findOwnHospitalId(ctx.db, Number(actor.id))) !== id
}

/** The hospital somebody speaks for, with who comes. */
async function readOwn(ctx: Context, { actor }: Caller) {
  const id = await findOwnHospitalId(ctx.db, Number(actor.id))
  const hospital = id === null ? undefined : await findPlace(ctx.db.pool, 'hospital', id)
  if (!hospital) return refuse('not_found', { detail: 'You speak for no hospital.' })
  const at = ctx.now().toISOString()
  const inbound_units = (await readInbound(ctx.db, hospital.id)).map((unit) => {
    const { latitude: _, longitude: __, position_at: ___, ...shown } = unit
    return { ...shown, eta_seconds: etaSeconds(unit, hospital, at) }
  })
  return { status: 200 as const, body: { ...hospital, inbound_units } }
}

function hospitalRoutes(ctx: Context): SomeHandlers<HospitalIds> {
  return {
    listHospitals: async ({ query }, { request }) => {
      const page = await readHospitals(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    createHospital: async ({ body }, { caller: { actor } }) =>
      answer(201, await createPlace(ctx, actor, 'hospital', body), noHospital),
    readOwnHospital: (_, { caller }) => readOwn(ctx, caller),
    readHospital: async ({ params: { id } }, { caller }) => {
      if (await isAnothers(ctx, caller, id)) return noHospital
      return answer(200, (await findPlace(ctx.db.pool, 'hospital', id)) ?? noHospital, noHospital)
    },
    patchHospital: async ({ params: { id }, body }, { caller }) => {
      if (await isAnothers(ctx, caller, id)) return noHospital
      const refusal = refuseFields(caller.role, body)
      if (refusal) return refusal
      return answer(200, await changePlace(ctx, caller.actor, 'hospital', { id, body }), noHospital)
    },
    retireHospital: async ({ params: { id } }, { caller: { actor } }) =>
      answer(200, await retirePlace(ctx, actor, 'hospital', { id, retired: true }), noHospital),
    restoreHospital: async ({ params: { id } }, { caller: { actor } }) =>
      answer(200, await retirePlace(ctx, actor, 'hospital', { id, retired: false }), noHospital),
  }
}

function stationRoutes(ctx: Context): SomeHandlers<StationIds> {
  return {
    listStations: async ({ query }, { request }) => {
      const page = await readStations(ctx.db, query)
      return replyPage(page, ctx.config, request)
    },
    createStation: async ({ body }, { caller: { actor } }) =>
      answer(201, await createPlace(ctx, actor, 'station', body), noStation),
    readStation: async ({ params: { id } }) =>
      answer(200, (await findPlace(ctx.db.pool, 'station', id)) ?? noStation, noStation),
    patchStation: async ({ params: { id }, body }, { caller: { actor } }) =>
      answer(200, await changePlace(ctx, actor, 'station', { id, body }), noStation),
    retireStation: async ({ params: { id } }, { caller: { actor } }) =>
      answer(200, await retirePlace(ctx, actor, 'station', { id, retired: true }), noStation),
    restoreStation: async ({ params: { id } }, { caller: { actor } }) =>
      answer(200, await retirePlace(ctx, actor, 'station', { id, retired: false }), noStation),
  }
}

/** Hospitals and stations. */
export function placeRoutes(ctx: Context): SomeHandlers<HospitalIds | StationIds> {
  return { ...hospitalRoutes(ctx), ...stationRoutes(ctx) }
}
