import type { FastifyInstance } from 'fastify'
import { createAuthenticator } from './access/authenticate.ts'
import { createTokens } from './access/tokens.ts'
import { createFinder } from './addresses/finder.ts'
import { tryHeads } from './audit/heads.ts'
import { createReadingNotes } from './caller-data/note-reading.ts'
import { createIntake } from './calls/intake.ts'
import { createNumberSearch } from './calls/note-number-search.ts'
import type { Context } from './context.ts'
import { createCrewStreams } from './crew/stream.ts'
import { createDesk } from './dispatch/desk.ts'
import { createExports } from './exports/exports.ts'
import { createLimits, type Limits } from './lib/limits-of-callers.ts'
import { createBaseMap } from './map/base-map.ts'
import { openNotifier } from './notifications/opening.ts'
import { createVoiceAnswers } from './notifications/voice-answers.ts'
import { openStreets } from './streets/streets.ts'
import type { Metrics } from './system/metrics.ts'
import { createTelephony } from './telephony/telephony.ts'
import { createStreams } from './timeline/stream.ts'

export type PartsOptions = {
  secretKey: string
  /** Folder where heads of the audit chain are kept; undefined keeps none. */
  headsFolder?: string
  /** Folder where the roads are; undefined for none. */
  streetsFolder?: string
  /** Folder where events of telephony wait while the database is away; undefined keeps none. */
  telephonyFolder?: string
  /** Whether this process turns facts into messages and sends them. */
  notifies?: boolean
}

function limitCallers(ctx: Context, app: FastifyInstance, metrics: Metrics): Limits {
  const limits = createLimits({
    db: ctx.db,
    factor: ctx.config.rateLimitFactor,
    onRefused: (kind) => metrics.rateLimited.inc({ kind }),
    onFault: (error) =>
      ctx.log.warn({ code: (error as { code?: string }).code }, 'rate limits could not be shared'),
  })
  app.addHook('onClose', limits.close)
  return limits
}

/** What the process has one of and several slices work with. */
export async function createParts(
  ctx: Context,
  app: FastifyInstance,
  metrics: Metrics,
  options: PartsOptions,
) {
  const tokens = createTokens(ctx, options.secretKey)
  const credentials = createAuthenticator(ctx, tokens)
  const intake = createIntake(ctx)
  const desk = createDesk(ctx)
  const heads = tryHeads(ctx, options.headsFolder)
  const streams = createStreams(ctx, () => metrics.streamsCut.inc())
  const crews = createCrewStreams(ctx)
  const streets = openStreets(ctx, options.streetsFolder)
  await streets.start()
  const map = createBaseMap(ctx)
  app.addHook('onClose', map.close)
  const finder = createFinder(ctx, ctx.config.geocoder)
  const notifier = openNotifier(ctx, options.notifies ?? false, (kind, stage) =>
    metrics.alarms.inc({ kind, stage }),
  )
  const limits = limitCallers(ctx, app, metrics)
  const voice = createVoiceAnswers(ctx, Math.random)
  const telephony = await createTelephony(ctx, { intake, voice }, options.telephonyFolder)
  app.addHook('preClose', telephony.stop)
  const noteNumberSearch = createNumberSearch(ctx, limits.lookUp)
  const noteReading = createReadingNotes(ctx)
  const exports = createExports(ctx)
  app.addHook('preClose', exports.close)
  Object.assign(metrics.gauges, { intake: intake.waiting, desk: desk.waiting, streams: streams.count })
  return {
    ...{ tokens, credentials, intake, desk, heads, streams, crews, streets, map, finder, limits, notifier },
    ...{ telephony, noteNumberSearch, noteReading, exports },
  }
}
export type Parts = Awaited<ReturnType<typeof createParts>>
