import pg from 'pg'

export type Listener = {
  /** Whether the connection that listens is up. */
  connected: () => boolean
  close: () => Promise<void>
}

export type ListenOptions = {
  connection: pg.ClientConfig
  /** Channel -> what to do; also called after each reconnect, because a notification may have been missed. */
  channels: Readonly<Record<string, () => void>>
  onFault: (error: Error) => void
}

const pauseMs = { first: 100, most: 2_000 }

/** Listens to NOTIFY on a connection of its own, and connects again for ever when it drops. */
export function listen({ connection, channels, onFault }: ListenOptions): Listener {
  let client: pg.Client | undefined
  let up = false
  let closed = false
  let pause = pauseMs.first
  let timer: NodeJS.Timeout | undefined

  /**
   * A connection may tell of its end several times, an older one too; only the current one's first word
   * counts.
   */
  const lost = (ended: pg.Client, error: Error) => {
    if (closed || ended !== client) return
    client = undefined
    up = false
    ended.end().catch(() => {})
    onFault(error)
    timer = setTimeout(() => void connect(), pause)
    pause = Math.min(pause * 2, pauseMs.most)
  }

  async function connect() {
    const fresh = new pg.Client({
      ...connection,
      query_timeout: undefined,
      application_name: 'toneout listen',
    })
    client = fresh
    fresh.on('error', (error) => lost(fresh, error))
    fresh.on('end', () => lost(fresh, new Error('the listening connection ended')))
    fresh.on('notification', ({ channel }) => channels[channel]?.())
    try {
      await fresh.connect()
      for (const channel of Object.keys(channels)) await fresh.query(`LISTEN ${channel}`)
      if (fresh !== client) return
      up = true
      pause = pauseMs.first
      for (const act of Object.values(channels)) act()
    } catch (error) {
      lost(fresh, error as Error)
    }
  }

  void connect()
  return {
    connected: () => up,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
