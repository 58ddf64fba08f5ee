/** A drive of the past: what was expected and what it took, in seconds. */
export type Drive = { expected: number; actual: number }

/** Our own choices: fewer drives say nothing, and lines beyond these are faults of the data. */
export const fitLimits = { least: 200, most: 5_000, slope: [0.2, 5], intercept: [-120, 900] } as const
/** Residuals beyond so many robust standard deviations are outliers. */
const cut = 3

export type Fit = {
  intercept_s: number
  slope: number
  n: number
  kept: number
  error_s_p50: number
  error_s_p90: number
  error_before_s_p50: number
}
type Line = Pick<Fit, 'intercept_s' | 'slope'>

/** The value at index floor(share x n) of the sorted values. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
const median = (values: readonly number[]) => quantile(values, 0.5)
const errorOf =
  ({ intercept_s, slope }: Line) =>
  ({ expected, actual }: Drive) =>
    actual - intercept_s - slope * expected

/** Least squares; undefined when all drives were expected to take the same. */
function leastSquares(drives: readonly Drive[]): Line | undefined {
  const mean = (of: (drive: Drive) => number) => drives.reduce((sum, one) => sum + of(one), 0) / drives.length
  const [x, y] = [mean((one) => one.expected), mean((one) => one.actual)]
  const spread = mean((one) => (one.expected - x) ** 2)
  if (!(spread > 0)) return undefined
  const slope = mean((one) => (one.expected - x) * (one.actual - y)) / spread
  return { slope, intercept_s: y - slope * x }
}

/**
 * Tukey's resistant line (Exploratory Data Analysis, 1977): through the medians of the shortest and of the
 * longest third, so that a few wild drives do not move it.
 */
function resistantLine(drives: readonly Drive[]): Line | undefined {
  const sorted = drives.toSorted((a, b) => a.expected - b.expected)
  const third = Math.floor(sorted.length / 3)
  const [low, high] = [sorted.slice(0, third), sorted.slice(-third)]
  const x = (some: readonly Drive[]) => median(some.map((one) => one.expected))
  const y = (some: readonly Drive[]) => median(some.map((one) => one.actual))
  const width = x(high) - x(low)
  if (!(width > 0)) return undefined
  const slope = (y(high) - y(low)) / width
  return { slope, intercept_s: median(drives.map(errorOf({ intercept_s: 0, slope }))) }
}

/**
 * The line actual = intercept + slope x expected: a resistant line first, then least squares over the drives
 * within three robust deviations (1.4826 x the median absolute deviation) of it. The errors are those of all
 * drives, outliers too. Undefined for fewer than 200 drives, or for a line that cannot be.
 */
export function fitDrives(drives: readonly Drive[]): Fit | undefined {
  if (drives.length < fitLimits.least) return undefined
  const first = resistantLine(drives)
  if (!first) return undefined
  const errors = drives.map(errorOf(first))
  const centre = median(errors)
  const deviation = 1.4826 * median(errors.map((one) => Math.abs(one - centre)))
  const near = drives.filter((_, at) => Math.abs(errors[at]! - centre) <= Math.max(1, cut * deviation))
  const line = leastSquares(near)
  if (!line) return undefined
  const within = (value: number, [least, most]: readonly [number, number]) => value >= least && value <= most
  if (!within(line.slope, fitLimits.slope) || !within(line.intercept_s, fitLimits.intercept)) return undefined
  const after = drives.map((one) => Math.abs(errorOf(line)(one)))
  const before = drives.map((one) => Math.abs(one.actual - one.expected))
  return {
    ...line,
    n: drives.length,
    kept: near.length,
    error_s_p50: median(after),
    error_s_p90: quantile(after, 0.9),
    error_before_s_p50: median(before),
  }
}
