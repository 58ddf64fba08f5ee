import type { Position } from '../lib/geo.ts'
import type { Snap } from './street-grid.ts'

/**
 * A fleet is asked about again and again in the same order, and most of it stands still: what has not moved
 * is not looked for anew.
 */
export function rememberSnaps(find: (place: Position) => Snap | undefined) {
  const kept: { latitude: number; longitude: number; snap: Snap | undefined }[] = []
  const most = 20_000
  return {
    snap(at: number, latitude: number, longitude: number): Snap | undefined {
      const before = kept[at]
      if (before && before.latitude === latitude && before.longitude === longitude) return before.snap
      if (Number.isNaN(latitude + longitude)) return undefined
      const snap = find({ latitude, longitude })
      if (at < most) kept[at] = { latitude, longitude, snap }
      return snap
    },
  }
}
