import type { ReactNode } from 'react'
import { useView } from './view-store.ts'

/** What is shown where there is no room for everything (layout.css). */
export function Frame({ hasLine, children }: { hasLine: boolean; children: ReactNode }) {
  const { call, incident, boards } = useView()
  return (
    <div
      className="layout console"
      data-detail={(call ?? incident) ? 'selected' : 'none'}
      data-boards={boards}
      data-line={hasLine}
    >
      {children}
    </div>
  )
}
