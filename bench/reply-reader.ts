const headEnd = Buffer.from('\r\n\r\n')
const lengthName = Buffer.from('content-length: ')
const zero = 48

/** Reads replies of HTTP/1.1 as far as a load generator must: the status, and where the reply ends. */
export function createReplyReader(done: (status: number) => void): (chunk: Buffer) => void {
  let rest: Buffer | undefined
  let missing = 0
  let status = 0
  return (chunk) => {
    if (missing > 0) {
      missing -= chunk.length
    } else {
      const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
      const end = bytes.indexOf(headEnd)
      if (end < 0) {
        // The chunk lies in a buffer that the next read overwrites.
        rest = Buffer.from(bytes)
        return
      }
      rest = undefined
      status = readNumber(bytes, 9)
      missing = end + headEnd.length + bodyLength(bytes, end) - bytes.length
    }
    if (missing < 0) throw new Error('the server sent more than the one reply that was asked for')
    if (missing === 0) done(status)
  }
}

function readNumber(bytes: Buffer, from: number): number {
  let value = 0
  for (let at = from; ; at += 1) {
    const digit = (bytes[at] as number) - zero
    if (!(digit >= 0 && digit <= 9)) return value
    value = value * 10 + digit
  }
}

function bodyLength(bytes: Buffer, end: number): number {
  const at = bytes.indexOf(lengthName)
  if (at < 0 || at > end) throw new Error('a reply without content-length')
  return readNumber(bytes, at + lengthName.length)
}
