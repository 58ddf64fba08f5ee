/** Letters and digits that nobody mixes up when a password is read out or typed from paper. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const groups = 5
const perGroup = 4

/** Bytes at or above it would make the first letters likelier than the last. */
const fair = 256 - (256 % letters.length)

/**
 * A password of twenty random letters in groups, such as k7mq-x3vp-…: 99 bits. `random` fills bytes with
 * randomness fit for secrets.
 */
export function newPassword(
  random: (bytes: Uint8Array<ArrayBuffer>) => unknown = (bytes) => crypto.getRandomValues(bytes),
): string {
  let text = ''
  const bytes = new Uint8Array(groups * perGroup)
  while (text.length < groups * perGroup) {
    random(bytes)
    for (const byte of bytes) if (byte < fair) text += letters[byte % letters.length]
  }
  const groupOf = (_: unknown, at: number) => text.slice(at * perGroup, (at + 1) * perGroup)
  return Array.from({ length: groups }, groupOf).join('-')
}
