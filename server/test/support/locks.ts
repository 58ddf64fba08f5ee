import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/**
 * Waits until as many statements in the database wait for what somebody holds. Asks by a connection of its
 * own: within one transaction PostgreSQL shows what others do as it was when that was first asked.
 */
export async function someoneWaits(database: { connection: pg.ClientConfig }, count = 1): Promise<void> {
  const client = new pg.Client(database.connection)
  await client.connect()
  const waiting = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  try {
    for (
      const end = Date.now() + 60_000;
      ((await client.query(waiting)).rowCount ?? 0) < count;
      await delay(10)
    ) {
      if (Date.now() > end) throw new Error(`fewer than ${count} wait`)
    }
  } finally {
    await client.end()
  }
}
