import type { Me } from '@toneout/contract/model/person.ts'
import type { ReactNode } from 'react'
import { PersonAtDesk } from '../handover/person-at-desk.tsx'
import { clockTime } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { Figures } from './figures.tsx'
import { LiveAge } from './live-age.tsx'

type BarProps = { person: Me; name: string; children?: ReactNode }

export function TopBar({ person, name, children }: BarProps) {
  return (
    <header className="top-bar">
      <h1>{name}</h1>
      <Figures />
      {children}
      <LiveAge />
      <PersonAtDesk person={person} />
      <Ticking className="clock" read={clockTime} />
    </header>
  )
}
