type Period = { from: string; to: string }

/** The period that is as long and ends where this one begins. */
export function previousPeriod({ from, to }: Period): Period {
  const begin = Date.parse(from)
  return { from: new Date(2 * begin - Date.parse(to)).toISOString(), to: from }
}
