import { mostViews, type SavedView, type ViewSaving } from '@toneout/contract/model/call-list.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { countOtherViews, writeView } from './store.ts'

type Saved = { status: 201; body: SavedView } | Refusal

/** Keeps a view under a name; the same name again replaces it. */
export async function saveView(ctx: Context, person: number, view: ViewSaving): Promise<Saved> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection): Promise<Saved> => {
    if ((await countOtherViews(connection, person, view.name)) >= mostViews) {
      return refuse('invalid', { fields: { name: [`You have ${mostViews} views; remove one first.`] } })
    }
    return { status: 201, body: await writeView(connection, person, { ...view, at }) }
  })
}
