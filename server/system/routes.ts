import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Metrics } from './metrics.ts'

type Ids = 'healthLive' | 'healthReady' | 'readMetrics'

/** Milliseconds a readiness check may take: a database that answers later is as good as away. */
const patienceMs = 1_500

/** The database takes writes, and holds every migration of this program. */
async function checkDatabase(ctx: Context, migrations: number) {
  const text = `SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS writable,
    (SELECT count(*) FROM migrations) AS applied`
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))
  const asked = ctx.db.pool.query<{ writable: boolean; applied: number }>(text).catch(() => undefined)
  const row = (await Promise.race([asked, late]))?.rows[0]
  return { database: row?.writable ?? false, migrations: row !== undefined && row.applied >= migrations }
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
