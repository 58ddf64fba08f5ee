import type { ReactNode } from 'react'
import { Failed, Skeleton } from '../ui/panel-states.tsx'

type Read<T> = {
  data: T | undefined
  isPending: boolean
  isError: boolean
  error: unknown
  errorUpdatedAt: number
  isFetching: boolean
  refetch: () => Promise<unknown>
}

type PartOf<T> = { name: string; query: Read<T>; children: (data: T) => ReactNode }

/** A part of a call in every state it can be in. */
export function Part<T>({ name, query, children }: PartOf<T>) {
  return (
    <section className="call-part" aria-label={name}>
      {query.isPending && <Skeleton rows={3} what={name.toLowerCase()} />}
      {query.isError && (
        <Failed
          what={name}
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {query.data !== undefined && children(query.data)}
    </section>
  )
}
