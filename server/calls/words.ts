/** Letters, digits and what is written on them; a longer run is several words, in a text as in a search. */
const word = /[\p{L}\p{N}\p{M}]{1,100}/gu

/**
 * The words of a text in lower case, in their order; all else separates them. Linear in the text's length.
 */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? []
}
