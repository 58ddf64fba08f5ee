import type { HospitalOptions } from '@toneout/contract/model/crew.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { readCrewView } from './reads.ts'
import { reportDelay } from './report-delay.ts'
import type { CrewStreams } from './stream.ts'

type Ids = 'readCrewView' | 'streamCrew' | 'listHospitalOptions' | 'reportDelay'

type Parts = {
  /** Looks at the request's credential again, as it is now. */
  mayListen: (request: FastifyRequest) => Promise<boolean>
  /** Hospitals for an incident, best first. */
  suggest: (incidentId: number) => Promise<HospitalOptions | undefined>
}

/** Hospitals that a phone is shown at most. */
const most = 100

/** What the phone of a crew shows and tells. */
export function crewRoutes(
  ctx: Context,
  streams: CrewStreams,
  { mayListen, suggest }: Parts,
): SomeHandlers<Ids> {
  return {
    readCrewView: async (_, { caller: { actor } }) => ({
      status: 200,
      body: await readCrewView(ctx, actor.id ?? -1),
    }),
    streamCrew: async (_, { caller: { actor }, request, reply }) => {
      const refusal = await streams.open(reply, actor.id ?? -1, () => mayListen(request))
      return refusal ?? { status: 200, body: '' }
    },
    listHospitalOptions: async (_, { caller: { actor } }) => {
      const { incident } = await readCrewView(ctx, actor.id ?? -1)
      const found = incident ? await suggest(incident.id) : undefined
      return { status: 200, body: { hospitals: (found?.hospitals ?? []).slice(0, most) } }
    },
    reportDelay: async ({ params, body }, { caller: { actor } }) => {
      const refusal = await reportDelay(ctx, actor, params.id, body)
      return isRefusal(refusal) ? refusal : { status: 204, body: undefined }
    },
  }
}
