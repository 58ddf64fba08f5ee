import type { Closure, DriveFitShown, DriveTimesShown } from '@toneout/contract/model/streets.ts'
import type { Context } from '../context.ts'
import { createDriveTimes } from './drive-times.ts'
import { graphPath } from './graph-file.ts'
import { createOutsideRouter } from './outside-router.ts'
import { openRoads } from './roads.ts'
import { readClosures, readFits } from './store.ts'

/** Milliseconds that a start waits for roads; larger ones come while requests are answered already. */
const startMs = 2_000

function openOutside({ config, log, now }: Context) {
  const { router } = config
  if (!router) return undefined
  const onFault = (problem: string) => log.warn({ problem }, 'the routing server did not answer')
  const made = createOutsideRouter(router.url, router.kind, { now: () => now().getTime(), onFault })
  return { router: made, host: new URL(router.url).host }
}

/**
 * Roads, closures and fits in the memory of this process. Closures and fits that were set on another process
 * are known here when its notification has come. `folder` holds the graph; undefined for no roads.
 */
export function openStreets(ctx: Context, folder: string | undefined) {
  let closures: readonly Closure[] = []
  let fits: readonly DriveFitShown[] = []
  let reading: Promise<void> = Promise.resolve()
  const roads = openRoads({
    path: folder === undefined ? undefined : graphPath(folder),
    now: ctx.now,
    onProblem: (problem) => ctx.log.error({ problem }, 'roads cannot be used; drive times are estimated'),
  })
  const outside = openOutside(ctx)
  const drives = createDriveTimes({
    roads,
    outside,
    closures: () => closures,
    fits: () => fits,
    slowdowns: () => ctx.settings.current().drive_slowdowns,
  })
  const read = async () => {
    ;[closures, fits] = await Promise.all([
      readClosures(ctx.db.pool, ctx.now().toISOString()),
      readFits(ctx.db),
    ])
  }
  /** One after the other, so that an older reading never takes the place of a newer one. */
  const refreshRows = () => {
    reading = reading.then(read, read)
    return reading
  }
  return {
    drives,
    /** The closures and fits that were set before it was called are known when it has ended. */
    refreshRows,
    refresh: () => Promise.all([refreshRows(), roads.refresh()]),
    async start(): Promise<void> {
      const patience = new Promise<void>((next) => setTimeout(next, startMs).unref())
      await Promise.all([refreshRows(), Promise.race([roads.refresh(), patience])])
    },
    show(): DriveTimesShown {
      const at = ctx.now().toISOString()
      return {
        source: drives.source(),
        graph: roads.shown() ?? null,
        graph_problem: roads.problem() ?? null,
        router: outside?.host ?? null,
        closures: closures.filter(({ until }) => until === null || until > at).length,
        drive_slowdowns: [...ctx.settings.current().drive_slowdowns],
        fits: [...fits],
      }
    },
    close: roads.close,
  }
}
export type Streets = ReturnType<typeof openStreets>
