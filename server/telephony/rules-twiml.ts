import type { Language } from '@toneout/contract/model/contact.ts'

type Sentence = 'again' | 'connecting' | 'press' | 'taken' | 'end'

/** What is said, with languages as Twilio's <Say> names them. */
const spoken: Readonly<Record<Language, Record<Sentence | 'language', string>>> = {
  en: {
    language: 'en-US',
    again: 'If you need help, please hang up and call again now.',
    connecting: 'Please stay on the line. We are connecting you to a person.',
    press: 'Press 1 to acknowledge.',
    taken: 'You have acknowledged. Thank you.',
    end: 'Nothing was acknowledged. Goodbye.',
  },
  es: {
    language: 'es-MX',
    again: 'Si necesita ayuda, por favor cuelgue y vuelva a llamar ahora.',
    connecting: 'Por favor, no cuelgue. Le comunicamos con una persona.',
    press: 'Pulse 1 para confirmar.',
    taken: 'Ha confirmado. Gracias.',
    end: 'No se ha confirmado nada. Adiós.',
  },
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const inXml = (text: string) => text.replace(/[&<>"]/g, (mark) => marks[mark] ?? '')

const say = (language: Language, text: string) =>
  `<Say language="${spoken[language].language}">${inXml(text)}</Say>`
const saySentence = (language: Language, which: Sentence) => say(language, spoken[language][which])
const reply = (body: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${body}</Response>`

/** Says words and waits for one key, of which `answerUrl` is told. */
const askKey = (language: Language, words: string, answerUrl: string) =>
  `<Gather input="dtmf" numDigits="1" timeout="6" method="POST" action="${inXml(answerUrl)}">` +
  `${say(language, `${words} ${spoken[language].press}`.trim())}</Gather>`

/**
 * What a caller hears whom the voice application did not take, in each of the languages: that the call goes
 * on, and then a person at `number`, digits with or without a plus sign; without one, to call again.
 */
export function fallbackTwiml(number: string | undefined, languages: readonly Language[]): string {
  const inEach = (which: Sentence) => languages.map((one) => saySentence(one, which)).join('')
  if (number === undefined) return reply(inEach('again'))
  return reply(`${inEach('connecting')}<Dial>${number}</Dial>${inEach('again')}`)
}

/** A message in a voice call: said twice, until a key is pressed. */
export function messageTwiml(words: string, language: Language, answerUrl: string): string {
  const once = askKey(language, words, answerUrl)
  return reply(once + once + saySentence(language, 'end'))
}

/** What is said after a key: thanks for the one that acknowledges, any other is asked for once more. */
export function answerTwiml(isTaken: boolean, language: Language, answerUrl: string): string {
  if (isTaken) return reply(`${saySentence(language, 'taken')}<Hangup/>`)
  return reply(askKey(language, '', answerUrl) + saySentence(language, 'end'))
}
