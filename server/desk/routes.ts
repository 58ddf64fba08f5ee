import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { figuresOf } from './rules.ts'
import { readCourses } from './store.ts'

/** A shift: what was before it, nobody at the desk can do anything about. */
const figuresMs = 12 * 3_600_000

export function deskRoutes(ctx: Context): SomeHandlers<'readDesk'> {
  return {
    readDesk: async () => {
      const { command_aliases, desk_phone, cover_metres, alarm_times, targets } = ctx.settings.current()
      const since = new Date(ctx.now().getTime() - figuresMs).toISOString()
      const figures = figuresOf(await readCourses(ctx.db, since), targets)
      return {
        status: 200,
        body: { command_aliases, desk_phone, cover_metres, alarm_times, targets, since, ...figures },
      }
    },
  }
}
