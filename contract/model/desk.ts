import { z } from 'zod'
import { numberWithin, plainText } from './field.ts'
import { alarmTimes } from './message.ts'
import { targets } from './targets.ts'
import { instant } from './text.ts'

/** Words of the command line that do something: verbs, then codes of statuses. */
export const commandWords = [
  ...['D', 'X', 'R', 'M', 'N', 'P', 'L', 'J', 'SPLIT', 'C', 'MSG', 'NEW', '?'],
  ...['AK', 'EN', 'SG', 'OS', 'PT', 'TR', 'AH', 'HD', 'AV', 'PO', 'BR', 'OO'],
] as const
const isCommandWord = (word: string) => (commandWords as readonly string[]).includes(word)

/** Other words for those, by which a centre knows them: `{ "ER": "EN" }`. */
export type CommandAliases = Readonly<Record<string, string>>
const mostAliases = 50
const upper = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)

const alias = z
  .string()
  .transform((word) => word.trim().toUpperCase())
  .refine((word) => /^[A-Z]{1,10}$/.test(word), 'Must be 1 to 10 letters.')
  .refine((word) => !isCommandWord(word), 'Is a word of the command line already.')
const meaning = z.preprocess(
  upper,
  z.string().refine(isCommandWord, `Must be one of ${commandWords.join(' ')}.`),
)
export const commandAliases = z
  .record(alias, meaning, 'Must be words with the word each stands for.')
  .refine((all) => Object.keys(all).length <= mostAliases, `Must be at most ${mostAliases} words.`)

/** What crews call the desk by; null where they are given no number. */
export const deskPhone = plainText(30)
  .regex(/^\+?\d[\d ()-]{1,28}\d$/, 'Must be a telephone number, such as +1 555 0100.')
  .nullable()

/** How near a free ambulance must be for a station to be covered; null where nobody is to be asked. */
export const coverMetres = numberWithin(100, 200_000, true).nullable()

/** The 90th percentile over the last hours; null without a value. Seconds. */
const deskFigure = z.object({
  p90: z.number().int().nullable(),
  n: z.number().int(),
  target: z.number().int().nullable(),
})

/** What desks work by, and how the last hours went. */
export const deskView = z
  .object({
    command_aliases: z.record(z.string(), z.string()),
    desk_phone: z.string().nullable(),
    cover_metres: z.number().int().nullable(),
    alarm_times: alarmTimes,
    targets,
    /** Incidents received since then are counted. */
    since: instant,
    /** From the answer of the first call, or its ring where nobody tells of it, to the first unit sent. */
    answer_to_dispatch: deskFigure,
    /** Of priority 1, from when it became known to the first unit on scene. */
    response: deskFigure,
  })
  .meta({ id: 'Desk' })
export type DeskView = z.output<typeof deskView>
