import type { Position } from '../lib/geo.ts'
import type { Snap } from './street-grid.ts'

/** Places that are kept at most; a power of two. */
const most = 131_072

/** Where a place is kept: mixes both degrees, so that neighbours lie apart. */
function slotOf(latitude: number, longitude: number): number {
  const mixed =
    Math.imul(Math.trunc(latitude * 1e7), 73_856_093) ^ Math.imul(Math.trunc(longitude * 1e7), 19_349_663)
  return (mixed ^ (mixed >>> 15)) & (most - 1)
}

/**
 * Most of a fleet stands still while it is asked about again and again: a place that was looked for lately is
 * not looked for anew. Of two places with one slot the later one is kept.
 */
export function rememberSnaps(find: (place: Position) => Snap | undefined) {
  const kept = new Array<(Position & { snap: Snap | undefined }) | undefined>(most)
  return (latitude: number, longitude: number): Snap | undefined => {
    if (Number.isNaN(latitude + longitude)) return undefined
    const slot = slotOf(latitude, longitude)
    const before = kept[slot]
    if (before && before.latitude === latitude && before.longitude === longitude) return before.snap
    const snap = find({ latitude, longitude })
    kept[slot] = { latitude, longitude, snap }
    return snap
  }
}
