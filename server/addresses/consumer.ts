import type { Context } from '../context.ts'
import type { RoadConsumer } from '../streets/import-streets.ts'
import type { House, NamedPlace, Segment } from '../streets/segment.ts'
import { importGazetteer } from './import-gazetteer.ts'

/** Names and places are kept until the files are read: a whole country of them, and no more. */
const most = 5_000_000

/** Makes the gazetteer of all that the files have; `source` names them together. */
export function gazetteerConsumer(ctx: Pick<Context, 'db' | 'now'>, source: string): RoadConsumer {
  const segments: Segment[] = []
  const places: NamedPlace[] = []
  const houses: House[] = []
  return {
    take({ segment, place, house }) {
      // Only what has a name has an address.
      if (segment && segment.name.trim() !== '') segments.push(segment)
      if (place) places.push(place)
      if (house) houses.push(house)
      if (segments.length + places.length + houses.length > most) {
        throw new Error(`There are more than ${most} named streets, houses and places.`)
      }
    },
    async finish() {
      const counts = await importGazetteer(ctx, { source, segments, places, houses })
      const { streets, intersections } = counts
      const found = `${streets} streets, ${intersections} intersections, ${counts.places} places`
      return [`Addresses: ${found}, ${counts.houses} houses`]
    },
  }
}
