/** Characters of an utterance around the first word that was looked for. */
const [before, whole] = [60, 200]

/** What was said around the words, cut at blanks; all of it where it is short, null for nothing. */
export function hitAround(message: string | null, words: readonly string[]): string | null {
  if (message === null || message.length <= whole) return message
  const text = message.toLowerCase()
  const at = Math.min(
    ...words.map((word) => text.indexOf(word)).filter((place) => place >= 0),
    message.length,
  )
  const from = at - before <= 0 || at === message.length ? 0 : message.indexOf(' ', at - before) + 1
  const start = from > at ? at : from
  const cut = message.slice(start, start + whole)
  const rest = start + whole < message.length
  const end = rest && cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut
  return `${start > 0 ? '… ' : ''}${end.toWellFormed()}${rest ? ' …' : ''}`
}
