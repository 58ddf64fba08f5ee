import { type OperationId, operations } from '@toneout/contract/operations/all.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sessionCookie } from './access/cookie.ts'
import { accessRoutes } from './access/routes.ts'
import { addressRoutes } from './addresses/routes.ts'
import { analyticsRoutes } from './analytics/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { callListRoutes } from './call-lists/routes.ts'
import { callerDataRoutes } from './caller-data/routes.ts'
import { openNumberJson, refuseFilters } from './calls/caller.ts'
import { callRoutes } from './calls/routes.ts'
import type { Context } from './context.ts'
import { crewRoutes } from './crew/routes.ts'
import { deskRoutes } from './desk/routes.ts'
import { deskWorkRoutes } from './desk-work/routes.ts'
import { lifeRoutes } from './dispatch/routes.ts'
import { orderRoutes } from './dispatch/routes-orders.ts'
import { duressRoutes } from './duress/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { keptExportRoutes } from './exports/routes-kept.ts'
import { findingRoutes } from './findings/routes.ts'
import { fleetRoutes } from './fleet/routes.ts'
import { handoverRoutes } from './handover/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { createFollowing } from './incidents/follow-call.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { eidoRoutes } from './incidents/routes-eido.ts'
import { keyRoutes } from './keys/routes.ts'
import { type Authenticate, mountOperations, refuseCaller } from './lib/http/mount.ts'
import { prepareHttp } from './lib/http/prepare.ts'
import { showTiming } from './lib/http/server-timing.ts'
import { countMigrations } from './lib/migrate.ts'
import { mapRoutes } from './map/routes.ts'
import { outsideOrigins } from './map/rules.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { alarmRoutes } from './notifications/routes-alarms.ts'
import { contactTestRoutes } from './notifications/routes-contact-tests.ts'
import { contactRoutes } from './notifications/routes-contacts.ts'
import { pushRoutes } from './notifications/routes-push.ts'
import { webhookRoutes } from './notifications/routes-webhooks.ts'
import { createParts, type Parts, type PartsOptions } from './parts.ts'
import { peopleRoutes } from './people/routes.ts'
import { placeRoutes } from './places/routes.ts'
import { recommend } from './recommendations/recommend.ts'
import { recommendationRoutes } from './recommendations/routes.ts'
import { runBeside } from './run-beside.ts'
import { settingRoutes } from './settings/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { streetRoutes } from './streets/routes.ts'
import { serveConsole } from './system/console-files.ts'
import { serveDocs } from './system/docs.ts'
import { countGroups, createMetrics, type Metrics, observeRequests } from './system/metrics.ts'
import { systemRoutes } from './system/routes.ts'
import { telephonyRoutes } from './telephony/routes.ts'
import { timelineRoutes } from './timeline/routes.ts'

export type AppOptions = PartsOptions & {
  /** Folder of the built console; undefined serves the API alone. */
  consoleDist?: string
  /** False: nothing is done by the clock. */
  hasChores?: boolean
}

/** Whether a stream or an export may go on: the credential is good, and its role may have it still. */
const listening =
  (authenticate: Authenticate) =>
  (id: OperationId) =>
  async (request: FastifyRequest): Promise<boolean> => {
    const caller = await authenticate(request)
    return caller !== undefined && !isRefusal(caller) && !refuseCaller(operations[id], caller)
  }

const sendingRoutes = (ctx: Context, { desk, streets }: Parts) =>
  orderRoutes(
    desk,
    (id) => recommend(ctx, streets.drives, id),
    (caller) => openNumberJson(ctx.vault, caller),
  )

/** Every slice, listed by hand in the order of the flow of a call. */
function createHandlers(ctx: Context, parts: Parts, metrics: Metrics, migrations: number) {
  const { tokens, credentials, intake, desk, heads, streams, crews, streets, map, finder } = parts
  const { noteNumberSearch, noteReading, exports } = parts
  const mayStay = listening(credentials.authenticate)
  return {
    ...callRoutes(ctx, {
      intake,
      follow: createFollowing(ctx),
      noteNumberSearch,
      noteReading,
    }),
    ...callListRoutes(ctx, intake, { refuseFilters, noteNumberSearch }),
    ...callerDataRoutes(ctx),
    ...findingRoutes(ctx, noteReading),
    ...incidentRoutes(ctx),
    ...recommendationRoutes(ctx, streets.drives),
    ...sendingRoutes(ctx, parts),
    ...streetRoutes(ctx, streets),
    ...lifeRoutes(ctx, desk),
    ...deskWorkRoutes(ctx),
    ...deskRoutes(ctx),
    ...crewRoutes(ctx, crews, {
      mayListen: mayStay('streamCrew'),
      suggest: (id) => recommend(ctx, streets.drives, id),
    }),
    ...duressRoutes(ctx),
    ...fleetRoutes(ctx),
    ...placeRoutes(ctx),
    ...mapRoutes(map),
    ...handoverRoutes(ctx),
    ...addressRoutes(finder),
    ...settingRoutes(ctx),
    ...notificationRoutes(ctx, parts.notifier.ready),
    ...contactRoutes(ctx, parts.notifier.ready),
    ...webhookRoutes(ctx),
    ...pushRoutes(ctx, { keys: parts.notifier.pushKeys, sessionOf: sessionCookie(ctx).hashed }),
    ...contactTestRoutes(ctx),
    ...alarmRoutes(ctx),
    ...telephonyRoutes(ctx, parts),
    ...peopleRoutes(ctx),
    ...keyRoutes(ctx),
    ...timelineRoutes(streams, mayStay('streamFacts')),
    ...accessRoutes(ctx, tokens),
    ...signInRoutes(ctx, tokens),
    ...auditRoutes(ctx, heads),
    ...analyticsRoutes(ctx),
    ...importRoutes(ctx),
    ...eidoRoutes(ctx),
    ...exportRoutes(ctx, exports, { refuseFilters, noteNumberSearch }, mayStay),
    ...keptExportRoutes(ctx, exports, { refuseFilters, noteNumberSearch }, mayStay),
    ...systemRoutes(ctx, metrics, migrations),
  }
}

/** Composition root. */
export async function createApp(base: Context, options: AppOptions): Promise<FastifyInstance> {
  const { config } = base
  const metrics = createMetrics()
  const ctx: Context = { ...base, onGroup: countGroups(metrics) }
  const tls = config.publicUrl?.startsWith('https:') ?? false
  const app = await prepareHttp({ ...config, log: ctx.log, tls })
  observeRequests(app, metrics)
  if (config.serverTiming) showTiming(app, ctx.db.pool)

  await ctx.settings.refresh()
  const parts = await createParts(ctx, app, metrics, options)
  const handlers = createHandlers(ctx, parts, metrics, await countMigrations())
  const { limits, credentials } = parts
  mountOperations(app, handlers, { authenticate: credentials.authenticate, limits })
  await serveDocs(app)
  if (options.consoleDist) await serveConsole(app, options.consoleDist, outsideOrigins(config.mapTiles))

  runBeside(ctx, app, parts, options.hasChores)
  return app
}
