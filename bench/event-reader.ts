const eventEnd = Buffer.from('\n\n')
const mark = Buffer.from('"message":"@')
const hello = Buffer.from('event: hello')
const digits = 7
const zero = 48

/**
 * What an utterance says so that its fact can be recognised in a stream: "@" and its number in seven digits.
 */
export const sayNumber = (n: number) => `@${String(n).padStart(digits, '0')}`

export type Heard = { hello: () => void; said: (n: number) => void }

/** Finds numbered utterances in a chunked stream of server-sent events; an event may be split over reads. */
export function createEventReader({ hello: greeted, said }: Heard): (chunk: Buffer) => void {
  let rest: Buffer | undefined
  let waiting = true
  return (chunk) => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    const end = bytes.lastIndexOf(eventEnd) + eventEnd.length
    const whole = end >= eventEnd.length ? end : 0
    // Two bytes after an event are the line end of a chunk. A rest is copied: the next read overwrites its
    // buffer.
    rest = whole > 0 && bytes.length - whole <= 2 ? undefined : Buffer.from(bytes.subarray(whole))
    if (waiting && bytes.subarray(0, whole).includes(hello)) {
      waiting = false
      greeted()
    }
    for (let at = bytes.indexOf(mark); at >= 0 && at < whole; at = bytes.indexOf(mark, at + mark.length)) {
      let n = 0
      for (let digit = 0; digit < digits; digit += 1) {
        n = n * 10 + (bytes[at + mark.length + digit] as number) - zero
      }
      said(n)
    }
  }
}
