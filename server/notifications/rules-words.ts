import type { Language } from '@toneout/contract/model/contact.ts'
import type { Channel, Notice } from '@toneout/contract/model/message.ts'
import type { MessageTemplate } from '@toneout/contract/model/message-template.ts'

/** What the words of a message are made from; null where it is not known. */
export type Params = {
  unit?: string | null
  incident?: string | null
  type?: string | null
  priority?: number | null
  place?: string | null
  hospital?: string | null
  diversion?: string | null
  eta_minutes?: number | null
  alarm?: string | null
  /** For hospitals alone, and never kept with the message. */
  patient?: string | null
}

export type Words = { title: string; text: string }

/**
 * Free text without anything that looks like a phone number: what a caller dictated as a place must not carry
 * the number on by SMS. Seven digits of any script in a row, however they are set apart but by a comma, are
 * no house number.
 */
export function withoutNumbers(text: string): string {
  return text.replace(/[+＋]?\p{Nd}(?:[\s().:/_·\p{Pd}\p{Cf}]*\p{Nd}){6,}/gu, '…')
}

type Phrase = (p: Params) => Words
type Phrases = Readonly<Record<Notice, Phrase>>

const line = (parts: readonly (string | number | null | undefined | false)[]) =>
  parts.filter(Boolean).join(', ')
const place = ({ place: given }: Params) => given && withoutNumbers(given)

const types: Readonly<Record<string, string>> = {
  MEDICAL: 'médica',
  POLICE: 'policía',
  FIRE: 'incendio',
  TRAUMA: 'trauma',
  CARDIAC: 'cardíaca',
  STROKE: 'ictus',
  RESPIRATORY: 'respiratoria',
  OTHER: 'otra',
}
const typeEs = ({ type }: Params) => type && (types[type] ?? type.toLowerCase())
const typeEn = ({ type }: Params) => type?.toLowerCase()

const english: Phrases = {
  DISPATCHED: (p) => ({
    title: `${p.unit ?? 'Unit'}: new incident`,
    text: line([p.incident, p.priority && `P${p.priority}`, typeEn(p), place(p)]),
  }),
  DISPATCH_REPEATED: (p) => ({
    title: `${p.unit ?? 'Unit'}: please acknowledge`,
    text: line([p.incident, p.priority && `P${p.priority}`, typeEn(p), place(p)]),
  }),
  STOOD_DOWN: (p) => ({ title: `${p.unit ?? 'Unit'}: stood down`, text: line([p.incident]) }),
  CREW_MESSAGE: (p) => ({
    title: `${p.unit ?? 'Unit'}: message from the desk`,
    text: 'Read it on your crew page.',
  }),
  HOSPITAL_PREALERT: (p) => ({
    title: `Patient inbound: ${p.unit ?? 'unit'}`,
    text: line([
      p.eta_minutes == null ? 'arrival not known' : `in about ${p.eta_minutes} min`,
      p.priority && `P${p.priority}`,
      typeEn(p),
      p.incident,
      p.patient,
    ]),
  }),
  HOSPITAL_DIVERSION: (p) => ({
    title: `${p.hospital ?? 'Hospital'} is ${p.diversion?.toLowerCase() ?? 'changed'}`,
    text: 'You are on the way there. Ask the desk.',
  }),
  ALARM_DESK: (p) => ({ title: p.alarm ?? 'Alarm', text: line([p.unit, p.incident]) }),
  ALARM_SUPERVISOR: (p) => ({
    title: `Nobody answered: ${p.alarm ?? 'alarm'}`,
    text: line([p.unit, p.incident]),
  }),
  CONTACT_TEST: () => ({ title: 'Test of your contact', text: 'No emergency. Nothing to do.' }),
}

const spanish: Phrases = {
  DISPATCHED: (p) => ({
    title: `${p.unit ?? 'Unidad'}: nuevo incidente`,
    text: line([p.incident, p.priority && `P${p.priority}`, typeEs(p), place(p)]),
  }),
  DISPATCH_REPEATED: (p) => ({
    title: `${p.unit ?? 'Unidad'}: confirme, por favor`,
    text: line([p.incident, p.priority && `P${p.priority}`, typeEs(p), place(p)]),
  }),
  STOOD_DOWN: (p) => ({ title: `${p.unit ?? 'Unidad'}: servicio anulado`, text: line([p.incident]) }),
  CREW_MESSAGE: (p) => ({
    title: `${p.unit ?? 'Unidad'}: mensaje de la central`,
    text: 'Léalo en su página.',
  }),
  HOSPITAL_PREALERT: (p) => ({
    title: `Paciente en camino: ${p.unit ?? 'unidad'}`,
    text: line([
      p.eta_minutes == null ? 'llegada desconocida' : `en unos ${p.eta_minutes} min`,
      p.priority && `P${p.priority}`,
      typeEs(p),
      p.incident,
      p.patient,
    ]),
  }),
  HOSPITAL_DIVERSION: (p) => ({
    title: `${p.hospital ?? 'Hospital'}: cambio de desvío (${p.diversion ?? ''})`,
    text: 'Usted va hacia allí. Pregunte a la central.',
  }),
  ALARM_DESK: (p) => ({ title: p.alarm ?? 'Alarma', text: line([p.unit, p.incident]) }),
  ALARM_SUPERVISOR: (p) => ({
    title: `Nadie respondió: ${p.alarm ?? 'alarma'}`,
    text: line([p.unit, p.incident]),
  }),
  CONTACT_TEST: () => ({ title: 'Prueba de su contacto', text: 'No es una emergencia. No haga nada.' }),
}

const phrases: Readonly<Record<Language, Phrases>> = { en: english, es: spanish }
/** An SMS is at most two parts of 153 characters; what is heard or seen at a glance is short. */
const longest: Partial<Record<Channel, number>> = { SMS: 306, PUSH: 500, VOICE: 700 }

const cut = (text: string, most: number) =>
  [...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text

/** A template with what is known in place of its fields; what is not known leaves no hole. */
function fill(template: string, language: Language, params: Params): string {
  const shown: Params & Record<string, unknown> = {
    ...params,
    place: place(params),
    type: language === 'es' ? typeEs(params) : typeEn(params),
  }
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => String(shown[name] ?? ''))
  return filled.replace(/\s+/g, ' ').trim()
}

/** The words of a message, as long as its channel takes them: the centre's own where it has some. */
export function wordsFor(
  event: Notice,
  channel: Channel,
  language: Language,
  params: Params,
  templates: readonly MessageTemplate[] = [],
): Words {
  const own = templates.find(
    (one) => one.event === event && one.channel === channel && one.language === language,
  )
  const usual = phrases[language][event](params)
  const text = own ? fill(own.text, language, params) : usual.text
  // A title of nothing but what is not known would be no title.
  const title = (own && fill(own.title, language, params)) || usual.title
  const most = longest[channel] ?? 2_000
  return { title: cut(title, 120), text: cut(text, most - 122) }
}

/** What previews are made from. */
export const sample: Params = {
  unit: 'M03',
  incident: 'I-26-000042',
  type: 'CARDIAC',
  priority: 1,
  place: '21 Harbour Street',
  hospital: 'Harbour General',
  diversion: 'CLOSED',
  eta_minutes: 7,
  alarm: 'Crew has not acknowledged',
  patient: 'age 64, breathing yes',
}
