import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'

type Seen = { began: number; statements: number }

const seen = new AsyncLocalStorage<Seen | undefined>()

const count = () => {
  const now = seen.getStore()
  if (now) now.statements += 1
}

/** Counts what is asked of the pool on behalf of a request; who waits for a connection is counted once. */
function countStatements(pool: pg.Pool): void {
  const whole = pool.query.bind(pool) as (...given: unknown[]) => unknown
  Object.assign(pool, {
    query: (...given: unknown[]) => {
      count()
      // The pool's own way to a connection must not count it again.
      return seen.run(undefined, () => whole(...given))
    },
  })
  pool.on('connect', (client) => {
    const one = client.query.bind(client) as (...given: unknown[]) => unknown
    Object.assign(client, {
      query: (...given: unknown[]) => {
        count()
        return one(...given)
      },
    })
  })
}

/**
 * Tells with every reply how many statements it took and how long (Server-Timing, which the network panel of
 * a browser shows). For development: it tells strangers how much work a request makes.
 */
export function showTiming(app: FastifyInstance, pool: pg.Pool): void {
  countStatements(pool)
  app.addHook('onRequest', (_request, _reply, done) => {
    seen.run({ began: performance.now(), statements: 0 }, done)
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    const now = seen.getStore()
    if (now) {
      const ms = (performance.now() - now.began).toFixed(1)
      reply.header('server-timing', `sql;desc="${now.statements} statements", total;dur=${ms}`)
    }
    done()
  })
}
