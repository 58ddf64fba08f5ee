import { passwordLength, passwordLengthFault } from '@toneout/contract/model/people.ts'
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** The least score of zxcvbn, of 0 to 4: 3 is beyond 10^8 guesses. */
const leastScore = 3
/** Characters that are judged: more than these take zxcvbn up to a second, in which no call is taken. */
const judged = 32

let judge: Promise<ZxcvbnFactory> | undefined

/** With its list of common passwords 30 MB and a tenth of a second, so not before it is needed. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** What zxcvbn found, in words that help; for anything else the last sentence is enough. */
const reasons: Readonly<Record<string, string>> = {
  straightRow: 'Keys beside each other are guessed first.',
  keyPattern: 'Keys beside each other are guessed first.',
  simpleRepeat: 'Repeated characters are guessed first.',
  extendedRepeat: 'Repeated characters are guessed first.',
  sequences: 'Sequences such as abcd or 6543 are guessed first.',
  recentYears: 'Years are guessed first.',
  dates: 'Dates are guessed first.',
  topTen: 'It is one of the most common passwords.',
  topHundred: 'It is one of the most common passwords.',
  common: 'It is a common password.',
  similarToCommon: 'It is like a common password.',
  userInputs: 'It is like the username or the name of this program.',
}

/**
 * What is wrong with a new password, undefined when it may be used. The username is no part of a good one.
 */
export async function judgePassword(password: string, username: string): Promise<string | undefined> {
  const { min, max } = passwordLength
  if (password.length < min || password.length > max) return passwordLengthFault
  judge ??= load()
  const inputs = [username.slice(0, judged), 'toneout', 'dispatch']
  const { score, feedback } = (await judge).check(password.slice(0, judged), inputs)
  if (score >= leastScore) return undefined
  const reason = reasons[feedback.warning ?? ''] ?? ''
  return `Is too easy to guess. ${reason} Three or four unrelated words are better.`.replace('  ', ' ')
}
