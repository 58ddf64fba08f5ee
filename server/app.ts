import { isRefusal } from '@toneout/contract/refusals.ts'
import type { FastifyInstance } from 'fastify'
import { createAuthenticator } from './access/authenticate.ts'
import { accessRoutes } from './access/routes.ts'
import { createTokens } from './access/tokens.ts'
import { openVault, readKeysAgain } from './caller-data/open-vault.ts'
import { callerDataRoutes } from './caller-data/routes.ts'
import { createIntake } from './calls/intake.ts'
import { callRoutes } from './calls/routes.ts'
import { startChores } from './chores.ts'
import type { BaseContext, Context } from './context.ts'
import { createDesk } from './dispatch/desk.ts'
import { lifeRoutes, orderRoutes } from './dispatch/routes.ts'
import { fleetRoutes } from './fleet/routes.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { mountOperations } from './lib/http/mount.ts'
import { createLimit, prepareHttp } from './lib/http/prepare.ts'
import { listen } from './lib/listen.ts'
import { countMigrations } from './lib/migrate.ts'
import { placeRoutes } from './places/routes.ts'
import { recommend } from './recommendations/recommend.ts'
import { recommendationRoutes } from './recommendations/routes.ts'
import { serveConsole } from './system/console-files.ts'
import { serveDocs } from './system/docs.ts'
import { createMetrics, observeRequests } from './system/metrics.ts'
import { systemRoutes } from './system/routes.ts'
import { timelineRoutes } from './timeline/routes.ts'
import { createStreams } from './timeline/stream.ts'

export type AppOptions = {
  secretKey: string
  /** Secrets that the keys of caller data are sealed with, the one in use first. */
  fieldSecrets: readonly string[]
  /** Folder of the built console; undefined serves the API alone. */
  consoleDist?: string
}

/** What other processes tell: facts were written, or credentials changed. */
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
    },
    onFault: (error) =>
      ctx.log.warn({ code: (error as { code?: string }).code }, 'lost the listening connection'),
  })
}

/** Composition root: every slice, listed by hand in the order of the flow of a call. */
export async function createApp(base: BaseContext, options: AppOptions): Promise<FastifyInstance> {
  const { config } = base
  const metrics = createMetrics()
  const ctx: Context = {
    ...base,
    vault: await openVault(base, options.fieldSecrets),
    onGroup: (size, ms) => {
      metrics.groupSize.observe(size)
      metrics.groupSeconds.observe(ms / 1_000)
    },
  }
  const app = await prepareHttp({
    ...config,
    log: ctx.log,
    tls: config.publicUrl?.startsWith('https:') ?? false,
  })
  observeRequests(app, metrics)

  const tokens = createTokens(ctx, options.secretKey)
  const credentials = createAuthenticator(ctx, tokens)
  const intake = createIntake(ctx)
  const desk = createDesk(ctx)
  const streams = createStreams(ctx, () => metrics.streamsCut.inc())
  metrics.gauges.waiting = intake.waiting
  metrics.gauges.streams = streams.count

  const handlers = {
    ...callRoutes(ctx, intake),
    ...callerDataRoutes(ctx),
    ...incidentRoutes(ctx),
    ...recommendationRoutes(ctx),
    ...orderRoutes(desk, (id) => recommend(ctx, id)),
    ...lifeRoutes(desk),
    ...fleetRoutes(ctx),
    ...placeRoutes(ctx),
    ...timelineRoutes(streams, async (request) => {
      const caller = await credentials.authenticate(request)
      return caller !== undefined && !isRefusal(caller)
    }),
    ...accessRoutes(ctx, tokens),
    ...systemRoutes(ctx, metrics, await countMigrations()),
  }
  mountOperations(app, handlers, { authenticate: credentials.authenticate, limit: createLimit(app) })
  await serveDocs(app)
  if (options.consoleDist) await serveConsole(app, options.consoleDist)

  const listener = hear(ctx, streams, credentials.forget)
  const stopChores = startChores(ctx)
  app.addHook('preClose', async () => {
    stopChores()
    streams.close()
  })
  app.addHook('onClose', async () => {
    await Promise.all([intake.idle(), desk.idle()])
    intake.close()
    await listener.close()
  })
  return app
}
