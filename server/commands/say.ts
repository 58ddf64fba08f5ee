/** A line for the person at the terminal; the log is for machines. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A fault that a person can mend; its message is all they need to see. */
export class CommandFault extends Error {}
