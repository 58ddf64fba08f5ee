import type pg from 'pg'
import { openRaw, type Values } from './raw-client.ts'
import { rawDispatch } from './raw-dispatch.ts'
import { rawStatements } from './raw-statements.ts'
import { noneYet, type Tally, type WriteKind } from './tally.ts'

/** The next transaction of a connection, given what the one before answered (the id of an opened call). */
export type RawStep = { kind: WriteKind; values: Values }
export type RawScript = () => (answer: string) => RawStep

export type RawResult = { acknowledged: Tally; perSecond: number }

type RawOptions = { login: pg.ClientConfig; clients: number; seconds: number; script: RawScript }

const transactions = [...rawStatements, rawDispatch]

/** Raw SQL by our own client: closed loop, one transaction in flight for each connection. */
export async function runRawLoad({ login, clients, seconds, script }: RawOptions): Promise<RawResult> {
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  const opening = Array.from({ length: clients }, () => openRaw(login, transactions, (error) => fail(error)))
  const connections = await Promise.race([Promise.all(opening), failed])
  /** A script may have nothing left to send; thrown in a socket's event, its error would end the process. */
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      fail(error as Error)
      return undefined
    }
  }
  const acknowledged = noneYet()
  let counted = 0
  const until = performance.now() + seconds * 1_000
  const driven = connections.map((connection) => {
    const next = script()
    return new Promise<void>((finish) => {
      const begin = (answer: string) => {
        const step = attempt(() => next(answer))
        if (!step) return
        const { kind, values } = step
        connection.run(kind, values, (value) => {
          acknowledged[kind] += 1
          if (performance.now() > until) return finish()
          counted += 1
          begin(value)
        })
      }
      begin('')
    })
  })
  try {
    await Promise.race([Promise.all(driven), failed])
  } finally {
    for (const connection of connections) connection.close()
  }
  return { acknowledged, perSecond: counted / seconds }
}
