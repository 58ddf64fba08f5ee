import type pg from 'pg'

export type Held = pg.PoolClient

/**
 * The connection that groups follow each other on: taken when it is first needed, and again after it broke.
 */
export function createHold(pool: pg.Pool) {
  let held: Held | undefined
  const drop = (client: Held) => {
    if (held !== client) return
    held = undefined
    client.release(true)
  }
  return {
    drop,
    atHand: () => held,
    async get(): Promise<Held> {
      if (held) return held
      const client = await pool.connect()
      client.once('end', () => drop(client))
      held = client
      return client
    },
    close(): void {
      held?.release()
      held = undefined
    },
  }
}

export type Hold = ReturnType<typeof createHold>
