import type { ReactNode } from 'react'
import { SidePanel } from '../frame/side-panel.tsx'
import { Failed, type FailedRead, Skeleton } from '../ui/panel-states.tsx'

type Read<T> = FailedRead & { data: T | undefined; isPending: boolean; isError: boolean }

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
      {read.isError && <Failed what={`The ${what}`} read={read} />}
      {read.data !== undefined && children(read.data)}
    </SidePanel>
  )
}
