import { operations } from '@toneout/contract/operations/all.ts'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { FastifyInstance } from 'fastify'
import { createAuthenticator } from './access/authenticate.ts'
import { accessRoutes } from './access/routes.ts'
import { createTokens } from './access/tokens.ts'
import { followFacts } from './audit/follow.ts'
import { type Heads, tryHeads } from './audit/heads.ts'
import { auditRoutes } from './audit/routes.ts'
import { readKeysAgain } from './caller-data/open-vault.ts'
import { callerDataRoutes } from './caller-data/routes.ts'
import { createAnswer, openNumberJson } from './calls/caller.ts'
import { createIntake } from './calls/intake.ts'
import { callRoutes } from './calls/routes.ts'
import { startChores } from './chores.ts'
import type { Context } from './context.ts'
import { createDesk } from './dispatch/desk.ts'
import { lifeRoutes } from './dispatch/routes.ts'
import { orderRoutes } from './dispatch/routes-orders.ts'
import { fleetRoutes } from './fleet/routes.ts'
import { createFollowing } from './incidents/follow-call.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { keyRoutes } from './keys/routes.ts'
import { type Caller, mountOperations, refuseCaller } from './lib/http/mount.ts'
import { prepareHttp } from './lib/http/prepare.ts'
import { createLimits, type Limits } from './lib/limits-of-callers.ts'
import { listen } from './lib/listen.ts'
import { countMigrations } from './lib/migrate.ts'
import { peopleRoutes } from './people/routes.ts'
import { placeRoutes } from './places/routes.ts'
import { recommend } from './recommendations/recommend.ts'
import { recommendationRoutes } from './recommendations/routes.ts'
import { settingRoutes } from './settings/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
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
}

/** What other processes tell: facts were written, credentials or settings changed. */
function hear(ctx: Context, streams: ReturnType<typeof createStreams>, forget: () => void) {
  return listen({
    connection: ctx.db.connection,
    channels: {
      timeline: streams.wake,
      data_keys: () =>
        void readKeysAgain(ctx, ctx.vault).catch((error: Error) =>
          ctx.log.error({ problem: error.message }, 'the data keys could not be read'),
        ),
      access: () => {
        forget()
        streams.review()
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
  forget: () => void
  heads: Heads | undefined
}

/** Begins what runs beside the requests, and ends all in the order in which it is needed. */
function runBeside(
  ctx: Context,
  app: FastifyInstance,
  { intake, desk, streams, forget, heads }: Parts,
): void {
  const listener = hear(ctx, streams, forget)
  const stopChores = startChores(ctx)
  // What ends a credential by time alone tells nobody.
  const reviewing = setInterval(streams.review, 30_000)
  const follower = followFacts(ctx, heads)
  app.addHook('preClose', async () => {
    stopChores()
    clearInterval(reviewing)
    streams.close()
  })
  app.addHook('onClose', async () => {
    await Promise.all([intake.idle(), desk.idle()])
    intake.close()
    await Promise.all([listener.close(), follower.close()])
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
const mayStay = (caller: Caller | Refusal | undefined) =>
  caller !== undefined && !isRefusal(caller) && !refuseCaller(operations.streamFacts, caller)

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
  Object.assign(metrics.gauges, { intake: intake.waiting, desk: desk.waiting, streams: streams.count })

  const handlers = {
    ...callRoutes(ctx, intake, createAnswer(createFollowing(ctx))),
    ...callerDataRoutes(ctx),
    ...incidentRoutes(ctx),
    ...recommendationRoutes(ctx),
    ...orderRoutes(
      desk,
      (id) => recommend(ctx, id),
      (caller) => openNumberJson(ctx.vault, caller),
    ),
    ...lifeRoutes(ctx, desk),
    ...fleetRoutes(ctx),
    ...placeRoutes(ctx),
    ...settingRoutes(ctx),
    ...peopleRoutes(ctx),
    ...keyRoutes(ctx),
    ...timelineRoutes(streams, async (request) => mayStay(await credentials.authenticate(request))),
    ...accessRoutes(ctx, tokens),
    ...signInRoutes(ctx, tokens),
    ...auditRoutes(ctx, heads),
    ...systemRoutes(ctx, metrics, await countMigrations()),
  }
  const limits = limitCallers(ctx, app, metrics)
  mountOperations(app, handlers, { authenticate: credentials.authenticate, limits })
  await serveDocs(app)
  if (options.consoleDist) await serveConsole(app, options.consoleDist)

  runBeside(ctx, app, { intake, desk, streams, forget: credentials.forget, heads })
  return app
}
