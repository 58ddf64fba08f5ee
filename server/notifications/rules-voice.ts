import type { Language } from '@toneout/contract/model/contact.ts'
import { messageTwiml } from '../telephony/rules-twiml.ts'
import type { Words } from './rules-words.ts'

/** Twilio takes 4,000 characters of TwiML with a call, and the words are in it twice. */
const longest = 700

/** The TwiML of a message, which asks for a key that `answerUrl` is told of. */
export function spokenMessage({ title, text }: Words, language: Language, answerUrl: string): string {
  const said = [title, text].filter(Boolean).join('. ').slice(0, longest)
  const words = said.endsWith('.') ? said : `${said}.`
  return messageTwiml(words, language, answerUrl)
}
