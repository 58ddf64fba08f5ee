/** A part of a text; `isFact` when something was understood from these words. */
export type Part = { readonly text: string; readonly isFact: boolean }

/** A text in parts, those that are among the quotes marked. Capitals do not matter; overlaps are one part. */
export function partsOfText(text: string, quotes: readonly string[]): Part[] {
  const lower = text.toLowerCase()
  const marked = new Array<boolean>(text.length).fill(false)
  // A few letters have longer small forms; then places in one text are not those in the other.
  for (const quote of lower.length === text.length ? quotes : []) {
    const words = quote.trim().toLowerCase()
    const at = words === '' ? -1 : lower.indexOf(words)
    if (at >= 0) marked.fill(true, at, at + words.length)
  }
  const parts: Part[] = []
  let begin = 0
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && marked[at] === marked[begin]) continue
    if (at > begin) parts.push({ text: text.slice(begin, at), isFact: marked[begin] ?? false })
    begin = at
  }
  return parts
}
