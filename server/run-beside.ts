import type { FastifyInstance } from 'fastify'
import { startPlacing } from './addresses/placing.ts'
import { figureChores } from './analytics/pack-days.ts'
import { followFacts } from './audit/follow.ts'
import { readKeysAgain } from './caller-data/open-vault.ts'
import { startChores } from './chores.ts'
import type { Context } from './context.ts'
import { keptChores } from './exports/kept-chores.ts'
import { listen } from './lib/listen.ts'
import type { Parts } from './parts.ts'
import { streetChores } from './streets/street-chores.ts'
import { telephonyChores } from './telephony/telephony-chores.ts'

/** What other processes tell: facts were written, credentials or settings changed. */
type Heard = Pick<Parts, 'streams' | 'crews' | 'credentials' | 'finder' | 'streets' | 'notifier' | 'exports'>

/** What other processes tell: facts were written, credentials or settings changed. */
function hear(ctx: Context, parts: Heard) {
  const { streams, crews, credentials, finder, streets, notifier, exports } = parts
  return listen({
    connection: ctx.db.connection,
    channels: {
      timeline: () => {
        streams.wake()
        crews.wake()
        notifier.wake()
      },
      data_keys: () =>
        void readKeysAgain(ctx, ctx.vault).catch((error: Error) =>
          ctx.log.error({ problem: error.message }, 'the data keys could not be read'),
        ),
      access: () => {
        credentials.forget()
        streams.review()
        crews.review()
        exports.review()
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

const choresOf = (ctx: Context, { streets }: Parts) => [
  ...streetChores(ctx, streets),
  ...figureChores,
  ...telephonyChores,
  ...keptChores,
]

/**
 * Begins what runs beside the requests, and ends all in the order in which it is needed. `hasChores` false
 * leaves out what is done by the clock.
 */
export function runBeside(ctx: Context, app: FastifyInstance, parts: Parts, hasChores = true): void {
  const { intake, desk, streams, crews, heads, finder, streets } = parts
  const listener = hear(ctx, parts)
  const stopChores = hasChores ? startChores(ctx, choresOf(ctx, parts)) : () => {}
  const placing = startPlacing(ctx, finder)
  // What ends a credential by time alone tells nobody.
  const reviewing = setInterval(() => {
    streams.review()
    crews.review()
    parts.exports.review()
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
    await Promise.all([intake.idle(), desk.idle(), placing.idle(), parts.notifier.close()])
    intake.close()
    await Promise.all([listener.close(), follower.close()])
    await streets.close()
  })
}
