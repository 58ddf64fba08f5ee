import type { ReactNode } from 'react'
import { Failed, type FailedRead, Skeleton } from '../ui/panel-states.tsx'

type Read<T> = FailedRead & { data: T | undefined; isPending: boolean; isError: boolean }

type PartOf<T> = { name: string; query: Read<T>; children: (data: T) => ReactNode }

/** A part of a call in every state it can be in. */
export function Part<T>({ name, query, children }: PartOf<T>) {
  return (
    <section className="call-part" aria-label={name}>
      {query.isPending && <Skeleton rows={3} what={name.toLowerCase()} />}
      {query.isError && <Failed what={name} read={query} />}
      {query.data !== undefined && children(query.data)}
    </section>
  )
}
