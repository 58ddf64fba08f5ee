import type { Me } from '@toneout/contract/model/person.ts'
import { type ReactNode, useEffect, useRef } from 'react'
import { PersonAtDesk } from '../handover/person-at-desk.tsx'
import { clockTime } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { DueNotice } from './due-notice.tsx'
import { PageTabs } from './page-tabs.tsx'
import { Rail } from './rail.tsx'

type FrameProps = { person: Me; name: string; children: ReactNode }

/** What every page but the live one has around it, in the same places as there. */
export function PageFrame({ person, name, children }: FrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever came by a link is told where they are.
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="layout">
      <Rail person={person} />
      <header className="top-bar">
        <h1 ref={heading} tabIndex={-1}>
          {name}
        </h1>
        <span className="top-gap" />
        <PersonAtDesk person={person} />
        <Ticking className="clock" read={clockTime} />
      </header>
      <main aria-label={name}>
        <PageTabs person={person} />
        <DueNotice person={person} />
        {children}
      </main>
    </div>
  )
}
