import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Metrics } from './metrics.ts'
import { readState } from './store.ts'

type Ids = 'healthLive' | 'healthReady' | 'readMetrics'

/** Milliseconds a readiness check may take: a database that answers later is as good as away. */
const patienceMs = 1_500

/** The database takes writes, and holds every migration of this program. */
async function checkDatabase(ctx: Context, migrations: number) {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
  const asked = readState(ctx.db).catch(() => undefined)
  const state = await Promise.race([asked, late])
  return { database: state?.writable ?? false, migrations: (state?.applied ?? -1) >= migrations }
}

export function systemRoutes(ctx: Context, metrics: Metrics, migrations: number): SomeHandlers<Ids> {
  return {
    healthLive: async () => ({ status: 200, body: { status: 'live' } }),
    healthReady: async () => {
      const checks = await checkDatabase(ctx, migrations)
      const ready = checks.database && checks.migrations
      return ready
        ? { status: 200, body: { status: 'ready', checks } }
        : { status: 503, body: { status: 'not_ready', checks } }
    },
    readMetrics: async () => ({ status: 200, body: await metrics.registry.metrics() }),
  }
}
