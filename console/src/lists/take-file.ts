import { address } from '@toneout/contract/client.ts'
import type { Exported, ExportFormat } from '@toneout/contract/model/export.ts'
import { Refused } from '../access/ask.ts'

/** Lists that can be taken away, by the operation that does it. */
export const operationOf = {
  calls: 'exportCalls',
  incidents: 'exportIncidents',
  assignments: 'exportAssignments',
  units: 'exportUnits',
  ems_times: 'exportEmsTimes',
} as const satisfies Record<Exported, string>

/** A list, and its filters, ordering and columns as its export takes them. */
export type Wanted = { what: Exported; query: Readonly<Record<string, string>> }

const named = /filename="([\w.-]+)"/

/** Hands the bytes to the browser as a file of that name. */
function keep(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser reads it a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

type Taking = { signal: AbortSignal; onBytes: (count: number) => void }

/**
 * Exports the rows of the query. It is read by the page and not by a link, so that what the server refuses
 * is said here, how far it is can be seen, and it can be stopped. Throws when it breaks off: no part is kept.
 */
export async function takeRows(
  { what, query }: Wanted,
  format: ExportFormat,
  { signal, onBytes }: Taking,
): Promise<void> {
  const reply = await fetch(address(operationOf[what], { query: { ...query, format } }), { signal })
  if (!reply.ok || !reply.body) {
    throw new Refused(reply.status, await reply.json().catch(() => null), reply.headers.get('retry-after'))
  }
  const parts: BlobPart[] = []
  let count = 0
  const reader = reply.body.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value as BlobPart)
    count += read.value.length
    onBytes(count)
  }
  const name = named.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? `${what}.${format}`
  keep(new Blob(parts, { type: reply.headers.get('content-type') ?? '' }), name)
}
