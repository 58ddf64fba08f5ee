/** The value below which a share of the sorted values lies: nearest rank, as in the product's analytics. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export const mean = (values: ArrayLike<number>) => {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]!
  return sum / values.length
}

/** Mean with half the width of its 95 % confidence interval, by Student's t over independent values. */
export function withInterval(values: readonly number[]): { mean: number; half: number } {
  const middle = mean(values)
  const n = values.length
  if (n < 2) return { mean: middle, half: Number.NaN }
  const variance = values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (n - 1)
  return { mean: middle, half: studentT(n - 1) * Math.sqrt(variance / n) }
}

const small = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706] as const

/**
 * The 97.5 % quantile of Student's t: tables to 5 degrees of freedom, above that the expansion about the
 * normal one (Abramowitz and Stegun 26.7.5), right to 0.002.
 */
export function studentT(freedom: number): number {
  const exact = small[freedom - 1]
  if (exact !== undefined) return exact
  const z = 1.959964
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3
}
