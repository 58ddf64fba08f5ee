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

  const lost = (error: Error) => {
    if (closed) return
    up = false
    client?.removeAllListeners()
    // A client without a listener for errors would end the process with its last words.
    client?.on('error', () => {})
    client?.end().catch(() => {})
    onFault(error)
    timer = setTimeout(connect, pause)
    pause = Math.min(pause * 2, pauseMs.most)
  }

  async function connect() {
    const fresh = new pg.Client({
      ...connection,
      query_timeout: undefined,
      application_name: 'toneout listen',
    })
    client = fresh
    fresh.on('error', lost)
    fresh.on('end', () => lost(new Error('the listening connection ended')))
    fresh.on('notification', ({ channel }) => channels[channel]?.())
    try {
      await fresh.connect()
      for (const channel of Object.keys(channels)) await fresh.query(`LISTEN ${channel}`)
      up = true
      pause = pauseMs.first
      for (const act of Object.values(channels)) act()
    } catch (error) {
      if (client === fresh) lost(error as Error)
    }
  }

  void connect()
  return {
    connected: () => up,
    close: async () => {
      closed = true
      clearTimeout(timer)
      client?.removeAllListeners('end')
      await client?.end().catch(() => {})
    },
  }
}
