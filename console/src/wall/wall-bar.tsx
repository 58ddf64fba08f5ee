import { PageLink } from '../frame/page-link.tsx'
import { clockTime } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { WallFigures } from './wall-figures.tsx'

export function WallBar() {
  return (
    <header className="wall-bar">
      <h1>
        <PageLink href="/">Toneout</PageLink>
      </h1>
      <WallFigures />
      <Ticking className="wall-clock" read={clockTime} />
    </header>
  )
}
