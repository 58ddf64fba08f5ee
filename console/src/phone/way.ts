/** [longitude, latitude] in degrees. */
type Place = readonly number[]
type Size = { width: number; height: number; pad: number }

const metresOfDegree = 111_320

/** A way as it lies on a small plan, north up, with the metres that a pixel is. */
export type Plan = { points: readonly (readonly [number, number])[]; metresOfPixel: number }

/**
 * Fits a way into a plan. Equirectangular at the middle latitude: over the few kilometres of a drive nothing
 * of it can be seen. Undefined where there is no line.
 */
export function planOfWay(way: readonly Place[], { width, height, pad }: Size): Plan | undefined {
  const places = way.filter(
    (place): place is [number, number] => place.every(Number.isFinite) && place.length >= 2,
  )
  if (places.length < 2) return undefined
  const [east, north] = [places.map(([x]) => x), places.map(([, y]) => y)]
  const middle = (Math.min(...north) + Math.max(...north)) / 2
  const squeeze = Math.cos((middle * Math.PI) / 180)
  const [left, top] = [Math.min(...east), Math.max(...north)]
  const across = (Math.max(...east) - left) * squeeze
  const down = top - Math.min(...north)
  // A unit that stands before the door has a way of no length.
  const scale = Math.min(
    (width - 2 * pad) / Math.max(across, 1e-5),
    (height - 2 * pad) / Math.max(down, 1e-5),
  )
  const [shiftX, shiftY] = [(width - across * scale) / 2, (height - down * scale) / 2]
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    points: places.map(([x, y]) => [
      round((x - left) * squeeze * scale + shiftX),
      round((top - y) * scale + shiftY),
    ]),
    metresOfPixel: metresOfDegree / scale,
  }
}

/** The longest round length that is no longer than so many pixels, in metres. */
export function scaleLength(metresOfPixel: number, pixels: number): number {
  const most = metresOfPixel * pixels
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power
}
