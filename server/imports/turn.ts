import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from '../lib/db.ts'
import { takeTurn } from './store.ts'

/** A second import at once; one goes after the other. */
export class ImportBusy extends Error {}

/** How long to wait for another import that is about to end. */
const turn = { tries: 50, everyMs: 200 }

/** One that was killed a moment ago still has its turn until PostgreSQL finds that it is gone. */
export async function waitForTurn(connection: Connection): Promise<void> {
  for (let tries = 0; tries < turn.tries; tries += 1) {
    if (await takeTurn(connection)) return
    await delay(turn.everyMs)
  }
  throw new ImportBusy('Another import is running.')
}
