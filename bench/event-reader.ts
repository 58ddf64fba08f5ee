const eventEnd = Buffer.from('\n\n')
const mark = Buffer.from('"message":"@')
const hello = Buffer.from('event: hello')
const digits = 7
const zero = 48

/** What an utterance says so that its fact can be recognised in a stream: "@" and its number in seven digits. */
export const sayNumber = (n: number) => `@${String(n).padStart(digits, '0')}`

export type Heard = { hello: () => void; said: (n: number) => void }

/** Finds numbered utterances in a stream of server-sent events; looks only at what it must, events may be split. */
export function createEventReader({ hello: greeted, said }: Heard): (chunk: Buffer) => void {
  let rest: Buffer | undefined
  let waiting = true
  return (chunk) => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    const whole = bytes.lastIndexOf(eventEnd)
    // What is left lies in a buffer that the next read overwrites.
    rest = whole + eventEnd.length < bytes.length ? Buffer.from(bytes.subarray(Math.max(0, whole))) : undefined
    if (whole < 0) return
    if (waiting && bytes.indexOf(hello) >= 0) {
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
