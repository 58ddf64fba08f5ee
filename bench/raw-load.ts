import type pg from 'pg'
import { openRaw, type Values } from './raw-client.ts'
import { rawStatements } from './raw-statements.ts'
import { noneYet, type Tally, type WriteKind } from './tally.ts'

/** The next transaction of a connection, given what the one before answered (the id of an opened call). */
export type RawStep = { kind: WriteKind; values: Values }
export type RawScript = () => (answer: string) => RawStep

export type RawResult = { acknowledged: Tally; perSecond: number }

type RawOptions = { login: pg.ClientConfig; clients: number; seconds: number; script: RawScript }

/** Raw SQL by our own client: closed loop, one transaction in flight for each connection. */
export async function runRawLoad({ login, clients, seconds, script }: RawOptions): Promise<RawResult> {
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  const opening = Array.from({ length: clients }, () => openRaw(login, rawStatements, (error) => fail(error)))
  const connections = await Promise.race([Promise.all(opening), failed])
  const acknowledged = noneYet()
  let counted = 0
  const until = performance.now() + seconds * 1_000
  const driven = connections.map((connection) => {
    const next = script()
    return new Promise<void>((finish) => {
      const begin = (answer: string) => {
        const { kind, values } = next(answer)
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
