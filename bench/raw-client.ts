import type { Socket } from 'node:net'
import pg from 'pg'

/**
 * One SQL statement with named parameters, `:name` as pgbench writes them; every use of a name is one
 * parameter. `gives` is a name too: the first column of the one row becomes its value, for what comes behind.
 */
export type Statement = { sql: string; gives?: string }

/**
 * One statement, which is a transaction by itself, or those from BEGIN to COMMIT: each is sent when the one
 * before was answered, as pgbench does it.
 */
export type Transaction = { name: string; statements: readonly Statement[] }

export type RawConnection = {
  /**
   * Runs a transaction of prepared statements: Bind, Execute and Sync of each leave in one write, and
   * PostgreSQL commits a single one at the Sync. `done` gets the first column of the last row of the last
   * statement, '' without rows.
   */
  run: (transaction: string, values: Values, done: (value: string) => void) => void
  close: () => void
}

export type Values = Readonly<Record<string, string>>

type Prepared = { name: string; parameters: string[]; gives?: string }

const named = /(?<![:\w]):([a-z]\w*)/g

/** `:name` -> `$1`; one number a name. */
export function numberParameters(sql: string): { sql: string; parameters: string[] } {
  const parameters: string[] = []
  const numbered = sql.replace(named, (_, name: string) => {
    if (!parameters.includes(name)) parameters.push(name)
    return `$${parameters.indexOf(name) + 1}`
  })
  return { sql: numbered, parameters }
}

export const oneLine = (sql: string) => sql.replaceAll(/\s+/g, ' ')

/** The lines of a transaction in a script of pgbench; `gives` is the name of a column there. */
export const toPgbench = ({ statements }: Transaction): string[] =>
  statements.map(({ sql, gives }) => `${oneLine(sql)}${gives === undefined ? ';' : ' \\gset'}`)

/**
 * Messages of the frontend/backend protocol 3.0 (PostgreSQL manual, "Message Formats"), into one growing
 * buffer.
 */
function createWriter() {
  let bytes = Buffer.allocUnsafe(16_384)
  let at = 0
  const room = (more: number) => {
    if (at + more > bytes.length) bytes = Buffer.concat([bytes], (at + more) * 2)
  }
  const text = (value: string) => {
    room(value.length * 3 + 1)
    at += bytes.write(value, at)
  }
  const zeroEnded = (value: string) => {
    text(value)
    bytes[at++] = 0
  }
  const int = (value: number, size: 2 | 4) => {
    room(size)
    at = size === 2 ? bytes.writeInt16BE(value, at) : bytes.writeInt32BE(value, at)
  }
  const message = (type: string, body: () => void) => {
    room(5)
    bytes[at] = type.charCodeAt(0)
    const start = at + 1
    at += 5
    body()
    bytes.writeInt32BE(at - start, start)
  }
  return {
    parse: (name: string, sql: string) =>
      message('P', () => {
        zeroEnded(name)
        zeroEnded(sql)
        int(0, 2)
      }),
    bindAndExecute({ name, parameters }: Prepared, values: Values) {
      message('B', () => {
        zeroEnded('')
        zeroEnded(name)
        int(0, 2)
        int(parameters.length, 2)
        for (const parameter of parameters) {
          const value = values[parameter] as string
          int(Buffer.byteLength(value), 4)
          text(value)
        }
        int(0, 2)
      })
      message('E', () => {
        zeroEnded('')
        int(0, 4)
      })
    },
    sync: () => message('S', () => {}),
    take() {
      const taken = Buffer.from(bytes.subarray(0, at))
      at = 0
      return taken
    },
  }
}

/**
 * Calls `ready` at each ReadyForQuery with the first column of the last row; `fault` at an error of the
 * server.
 */
function createReader(ready: (value: string) => void, fault: (text: string) => void) {
  let rest: Buffer | undefined
  let value = ''
  return (chunk: Buffer) => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    while (at + 5 <= bytes.length) {
      const type = bytes[at]
      const end = at + 1 + bytes.readInt32BE(at + 1)
      if (end > bytes.length) break
      if (type === 0x44) value = bytes.toString('latin1', at + 11, at + 11 + bytes.readInt32BE(at + 7))
      else if (type === 0x45) fault(bytes.toString('utf8', at + 5, end).replaceAll('\0', ' '))
      at = end
      if (type === 0x5a) {
        const given = value
        value = ''
        ready(given)
      }
    }
    rest = at < bytes.length ? bytes.subarray(at) : undefined
  }
}

/**
 * A connection that speaks the extended protocol with prepared statements and nothing else, as cheaply as
 * Node can; pg only signs in, then its socket is ours.
 */
export async function openRaw(
  options: pg.ClientConfig,
  transactions: readonly Transaction[],
  onFault: (error: Error) => void,
): Promise<RawConnection> {
  const client = new pg.Client(options)
  await client.connect()
  const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream
  for (const event of ['data', 'error', 'close']) socket.removeAllListeners(event)
  socket.on('error', onFault)

  let done: (value: string) => void = () => {}
  socket.on(
    'data',
    createReader(
      (value) => done(value),
      (text) => onFault(new Error(`raw SQL failed: ${text}`)),
    ),
  )
  const writer = createWriter()
  const prepared = new Map<string, Prepared[]>()
  await new Promise<string>((resolve) => {
    done = resolve
    for (const { name, statements } of transactions) {
      const parse = ({ sql, gives }: Statement, at: number): Prepared => {
        const numbered = numberParameters(sql)
        writer.parse(`${name}-${at}`, numbered.sql)
        return { name: `${name}-${at}`, parameters: numbered.parameters, gives }
      }
      prepared.set(name, statements.map(parse))
    }
    writer.sync()
    socket.write(writer.take())
  })
  return {
    run(name, values, then) {
      const statements = prepared.get(name) as Prepared[]
      const known: Record<string, string> = { ...values }
      const send = (at: number) => {
        const statement = statements[at] as Prepared
        const { gives } = statement
        done = (value) => {
          if (gives !== undefined && value === '') return onFault(new Error(`raw SQL found no "${gives}"`))
          if (gives !== undefined) known[gives] = value
          if (at + 1 < statements.length) send(at + 1)
          else then(value)
        }
        writer.bindAndExecute(statement, known)
        writer.sync()
        socket.write(writer.take())
      }
      send(0)
    },
    close: () => socket.destroy(),
  }
}
