import { plural } from '../ui/format.ts'
import type { DrawingState } from './use-drawing.ts'

type FootProps = { attribution: string; counts: DrawingState['counts'] }

/** What the marks mean, and whom the map is owed to. */
export function MapFoot({ attribution, counts }: FootProps) {
  const { units, incidents, unplaced } = counts
  return (
    <div className="map-foot">
      <p className="unseen map-words">
        {plural(units, 'unit')} and {plural(incidents, 'incident')} are on the map; the lists have all of
        them.
      </p>
      <ul className="map-key" aria-label="What the marks mean">
        <li>
          <i data-of="free" aria-hidden="true" />
          available
        </li>
        <li>
          <i data-of="sent" aria-hidden="true" />
          committed
        </li>
        <li>
          <i data-of="aged" aria-hidden="true" />
          old position
        </li>
        <li>
          <i data-of="route" aria-hidden="true" />
          route of the first unit
        </li>
        {unplaced > 0 && <li>{plural(unplaced, 'incident')} without a position</li>}
      </ul>
      <p className="map-source">{plainText(attribution)}</p>
    </div>
  )
}

/** Makers of tiles write their names as HTML; here they are read, not run. */
const plainText = (html: string) =>
  new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? ''
