import { operations } from '@toneout/contract/operations/all.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createAuthenticator } from './access/authenticate.ts'
import { accessRoutes } from './access/routes.ts'
import { createTokens } from './access/tokens.ts'
import { createFinder, type Finder } from './addresses/finder.ts'
import { startPlacing } from './addresses/placing.ts'
import { addressRoutes } from './addresses/routes.ts'
import { followFacts } from './audit/follow.ts'
import { type Heads, tryHeads } from './audit/heads.ts'
import { auditRoutes } from './audit/routes.ts'
import { readKeysAgain } from './caller-data/open-vault.ts'
import { callerDataRoutes } from './caller-data/routes.ts'
import { openNumberJson } from './calls/caller.ts'
import { createIntake } from './calls/intake.ts'
import { createNumberSearch } from './calls/note-number-search.ts'
import { callRoutes } from './calls/routes.ts'
import { startChores } from './chores.ts'
import type { Context } from './context.ts'
import { crewRoutes } from './crew/routes.ts'
import { type CrewStreams, createCrewStreams } from './crew/stream.ts'
import { deskWorkRoutes } from './desk-work/routes.ts'
import { createDesk } from './dispatch/desk.ts'
import { lifeRoutes } from './dispatch/routes.ts'
import { orderRoutes } from './dispatch/routes-orders.ts'
import { duressRoutes } from './duress/routes.ts'
import { findingRoutes } from './findings/routes.ts'
import { fleetRoutes } from './fleet/routes.ts'
import { handoverRoutes } from './handover/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { createFollowing } from './incidents/follow-call.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { keyRoutes } from './keys/routes.ts'
import { type Authenticate, mountOperations, refuseCaller } from './lib/http/mount.ts'
import { prepareHttp } from './lib/http/prepare.ts'
import { createLimits, type Limits } from './lib/limits-of-callers.ts'
import { listen } from './lib/listen.ts'
import { countMigrations } from './lib/migrate.ts'
import { createBaseMap } from './map/base-map.ts'
import { mapRoutes } from './map/routes.ts'
import { outsideOrigins } from './map/rules.ts'
import { peopleRoutes } from './people/routes.ts'
import { placeRoutes } from './places/routes.ts'
import { recommend } from './recommendations/recommend.ts'
import { recommendationRoutes } from './recommendations/routes.ts'
import { settingRoutes } from './settings/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { openStreets, type Streets } from './streets/streets.ts'
import { streetRoutes } from './streets/routes.ts'
import { streetChores } from './streets/street-chores.ts'
import { serveConsole } from './system/console-files.ts'
import { serveDocs } from './system/docs.ts'
import { countGroups, createMetrics, type Metrics, observeRequests } from './system/metrics.ts'
import { systemRoutes } from './system/routes.ts'
import { timelineRoutes } from './timeline/routes.ts'
import { createStreams } from './timeline/stream.ts'

export type AppOptions = {
  secretKey: string
  /** Folder of the built console; undefined serves the API alone. */
  consoleDist?: string
  /** Folder where heads of the audit chain are kept; undefined keeps none. */
  headsFolder?: string
  /** Folder where the roads are; undefined for none. */
  streetsFolder?: string
}

/** What other processes tell: facts were written, credentials or settings changed. */
type Heard = Pick<Parts, 'streams' | 'crews' | 'forget' | 'finder' | 'streets'>

/** What other processes tell: facts were written, credentials or settings changed. */
function hear(ctx: Context, { streams, crews, forget, finder, streets }: Heard) {
  return listen({
    connection: ctx.db.connection,
    channels: {
      timeline: () => {
        streams.wake()
        crews.wake()
      },
      data_keys: () =>
        void readKeysAgain(ctx, ctx.vault).catch((error: Error) =>
          ctx.log.error({ problem: error.message }, 'the data keys could not be read'),
        ),
      access: () => {
        forget()
        streams.review()
        crews.review()
      },
      addresses: () => {
        finder.refresh().catch((error: { code?: string }) => {
          ctx.log.warn({ code: error.code }, 'could not read the names of streets')
        })
      },
      streets: () => {
        streets.refresh().catch((error: { code?: string }) => {
          ctx.log.warn({ code: error.code }, 'could not read the closures')
        })
      },
      settings: () => {
        ctx.settings.refresh().catch((error: { code?: string }) => {
          ctx.log.warn({ code: error.code }, 'could not read the settings')
        })
      },
    },
    onFault: (error) =>
      ctx.log.warn({ code: (error as { code?: string }).code }, 'lost the listening connection'),
  })
}

type Parts = { intake: ReturnType<typeof createIntake>; desk: ReturnType<typeof createDesk> } & {
  streams: ReturnType<typeof createStreams>
  crews: CrewStreams
  forget: () => void
  heads: Heads | undefined
  finder: Finder
  streets: Streets
}

/** Begins what runs beside the requests, and ends all in the order in which it is needed. */
function runBeside(
  ctx: Context,
  app: FastifyInstance,
  { intake, desk, streams, crews, forget, heads, finder, streets }: Parts,
): void {
  const listener = hear(ctx, { streams, crews, forget, finder, streets })
  const stopChores = startChores(ctx, streetChores(ctx, streets))
  const placing = startPlacing(ctx, finder)
  // What ends a credential by time alone tells nobody.
  const reviewing = setInterval(() => {
    streams.review()
    crews.review()
  }, 30_000)
  const follower = followFacts(ctx, heads)
  app.addHook('preClose', async () => {
    stopChores()
    placing.stop()
    clearInterval(reviewing)
    streams.close()
    crews.close()
  })
  app.addHook('onClose', async () => {
    await Promise.all([intake.idle(), desk.idle(), placing.idle()])
    intake.close()
    await Promise.all([listener.close(), follower.close()])
    await streets.close()
  })
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

/** Whether an open stream may go on: the credential is good, and its role may listen still. */
const listening =
  (authenticate: Authenticate) =>
  (id: 'streamFacts' | 'streamCrew') =>
  async (request: FastifyRequest): Promise<boolean> => {
    const caller = await authenticate(request)
    return caller !== undefined && !isRefusal(caller) && !refuseCaller(operations[id], caller)
  }

const sendingRoutes = (ctx: Context, desk: Parts['desk'], streets: Streets) =>
  orderRoutes(
    desk,
    (id) => recommend(ctx, streets.drives, id),
    (caller) => openNumberJson(ctx.vault, caller),
  )

/** Composition root: every slice, listed by hand in the order of the flow of a call. */
export async function createApp(base: Context, options: AppOptions): Promise<FastifyInstance> {
  const { config } = base
  const metrics = createMetrics()
  const ctx: Context = { ...base, onGroup: countGroups(metrics) }
  const tls = config.publicUrl?.startsWith('https:') ?? false
  const app = await prepareHttp({ ...config, log: ctx.log, tls })
  observeRequests(app, metrics)

  await ctx.settings.refresh()
  const tokens = createTokens(ctx, options.secretKey)
  const credentials = createAuthenticator(ctx, tokens)
  const intake = createIntake(ctx)
  const desk = createDesk(ctx)
  const heads = tryHeads(ctx, options.headsFolder)
  const streams = createStreams(ctx, () => metrics.streamsCut.inc())
  const crews = createCrewStreams(ctx)
  const mayStay = listening(credentials.authenticate)
  const streets = openStreets(ctx, options.streetsFolder)
  await streets.start()
  const map = createBaseMap(ctx)
  app.addHook('onClose', map.close)
  const finder = createFinder(ctx, config.geocoder)
  Object.assign(metrics.gauges, { intake: intake.waiting, desk: desk.waiting, streams: streams.count })

  const limits = limitCallers(ctx, app, metrics)
  const handlers = {
    ...callRoutes(ctx, {
      intake,
      follow: createFollowing(ctx),
      noteNumberSearch: createNumberSearch(ctx, limits.lookUp),
    }),
    ...callerDataRoutes(ctx),
    ...findingRoutes(ctx),
    ...incidentRoutes(ctx),
    ...recommendationRoutes(ctx, streets.drives),
    ...sendingRoutes(ctx, desk, streets),
    ...streetRoutes(ctx, streets),
    ...lifeRoutes(ctx, desk),
    ...deskWorkRoutes(ctx),
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
    ...peopleRoutes(ctx),
    ...keyRoutes(ctx),
    ...timelineRoutes(streams, mayStay('streamFacts')),
    ...accessRoutes(ctx, tokens),
    ...signInRoutes(ctx, tokens),
    ...auditRoutes(ctx, heads),
    ...importRoutes(ctx),
    ...systemRoutes(ctx, metrics, await countMigrations()),
  }
  mountOperations(app, handlers, { authenticate: credentials.authenticate, limits })
  await serveDocs(app)
  if (options.consoleDist) await serveConsole(app, options.consoleDist, outsideOrigins(config.mapTiles))

  runBeside(ctx, app, { intake, desk, streams, crews, forget: credentials.forget, heads, finder, streets })
  return app
}
