import pg from 'pg'
import { type Connection, inOneWrite, together } from './db.ts'
import { OutcomeUnknown } from './faults.ts'

/**
 * Sends statements and the COMMIT behind them in one write, before it first waits. Rejects unless the commit
 * is certain; the transaction is over in any case.
 */
export async function commitTogether(
  connection: Connection,
  send: () => readonly Promise<unknown>[],
): Promise<void> {
  const ended = inOneWrite(connection, () => {
    const sent = send()
    const commit = connection.query('COMMIT')
    return together([...sent, commit]).then(() => commit)
  })
  const { command } = await ended.catch((error) => {
    // Once the commit was sent, only the server's own word that it undid the work is certain.
    const undone = error instanceof pg.DatabaseError && error.severity === 'ERROR'
    throw undone ? error : new OutcomeUnknown('the commit was not answered', { cause: error })
  })
  if (command !== 'COMMIT') throw new Error('the group was rolled back')
}
