/** The day where the server's clock is, such as 2026-11-21. */
export function localDay(now: Date): string {
  return now.toLocaleDateString('sv-SE')
}
