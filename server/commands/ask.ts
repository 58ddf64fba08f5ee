import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandFault } from './say.ts'

/** Asks at the terminal; a hidden answer is not echoed. */
export async function ask(question: string, hidden: boolean): Promise<string> {
  let muted = false
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!muted) process.stdout.write(chunk)
      done()
    },
  })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  try {
    const answer = terminal.question(question)
    muted = hidden
    return await answer
  } catch {
    throw new CommandFault('Cancelled; nothing was changed.')
  } finally {
    terminal.close()
    if (hidden) process.stdout.write('\n')
  }
}
