import { isPosition, type Position } from '../lib/geo.ts'
import { graphPath, openGraph } from './graph-file.ts'
import { RoadFault } from './road-fault.ts'
import { createRouter } from './router.ts'

function readPlace(text: string | undefined): Position {
  const found = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(text ?? '')
  const place = { latitude: Number(found?.[1]), longitude: Number(found?.[2]) }
  if (found && isPosition(place)) return place
  throw new RoadFault(`"${text ?? ''}" is no place such as 37.7793,-122.4193.`)
}

function open(dataDir: string) {
  try {
    return createRouter(openGraph(graphPath(dataDir)))
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    throw new RoadFault('No roads were imported yet.')
  }
}

/**
 * The drive between two places, each as latitude,longitude, by both profiles in lines for people, as the
 * roads alone tell it: without closures and without a fit to the past.
 */
export function describeDrive(dataDir: string, [from, to]: readonly string[]): string[] {
  const [place, one] = [readPlace(from), readPlace(to)]
  const router = open(dataDir)
  return (['siren', 'normal'] as const).map((profile) => {
    const route = router.route({ one, direction: 'to', profile, slowdown: 1 }, place)
    if (!route) throw new RoadFault('No way is known: a place is off the map, or it is too far.')
    const whole = Math.round(route.seconds)
    const clock = `${Math.floor(whole / 60)} min ${whole % 60} s`
    return `${profile.padEnd(6)}  ${clock}, ${(route.metres / 1_000).toFixed(2)} km`
  })
}
