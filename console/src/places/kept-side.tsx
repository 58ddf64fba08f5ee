import type { ReactNode } from 'react'
import { SidePanel } from '../frame/side-panel.tsx'
import { Failed, Skeleton } from '../ui/panel-states.tsx'

type Read<T> = {
  data: T | undefined
  isPending: boolean
  isError: boolean
  isFetching: boolean
  error: unknown
  errorUpdatedAt: number
  refetch: () => Promise<unknown>
}

type SideProps<T> = {
  what: string
  title: string | undefined
  read: Read<T>
  onClose: () => void
  children: (row: T) => ReactNode
}

/** The panel of one thing, in every state that its reading can be in. */
export function KeptSide<T>({ what, title, read, onClose, children }: SideProps<T>) {
  return (
    <SidePanel title={title ?? `The ${what}`} onClose={onClose}>
      {read.isPending && <Skeleton rows={6} what={`the ${what}`} />}
      {read.isError && (
        <Failed
          what={`The ${what}`}
          error={read.error}
          since={read.errorUpdatedAt}
          retry={() => void read.refetch()}
          busy={read.isFetching}
        />
      )}
      {read.data !== undefined && children(read.data)}
    </SidePanel>
  )
}
