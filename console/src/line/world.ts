import type { CommandAliases } from '@toneout/contract/model/desk.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'

export type Named = { readonly id: number; readonly name: string }

/** What the words of the line can be about. */
export type World = {
  /** Units in use. */
  readonly units: readonly Unit[]
  /** Open incidents first, the gravest first; then ended ones, as far as they are known. */
  readonly incidents: readonly Incident[]
  readonly hospitals: readonly Named[]
  readonly stations: readonly Named[]
  readonly selected: Incident | null
  /** The units that an empty line would send to the selected incident. */
  readonly planned: readonly Unit[]
  /** The centre's own words for those of the line. */
  readonly aliases: CommandAliases
}

/** The count at the end of an incident's number: I-26-000043 -> 43. */
const countOf = (number: string) => {
  const digits = /(\d+)$/.exec(number)?.[1]
  return digits === undefined ? undefined : digits.replace(/^0+(?=\d)/, '')
}

/** How the line calls an incident: I-26-000043 -> E43; without digits at its end, its whole number. */
export function shortNumber(number: string): string {
  const count = countOf(number)
  return count === undefined ? number : `E${count}`
}

/** The same letters and count, so that M3 is found as M03. */
const loosely = (number: string) => number.toUpperCase().replace(/(?<=\D|^)0+(?=\d)/g, '')

/** The unit with this number, exactly or but for zeros before the digits; undefined when none or several. */
export function findUnit(world: World, word: string): Unit | undefined {
  const upper = word.toUpperCase()
  const exact = world.units.find((unit) => unit.unit_number.toUpperCase() === upper)
  if (exact) return exact
  const near = world.units.filter((unit) => loosely(unit.unit_number) === loosely(upper))
  return near.length === 1 ? near[0] : undefined
}

/** By its whole number, or by its count with E, I or # before it: of several the first, an open one. */
export function findIncident(world: World, word: string): Incident | undefined {
  const upper = word.toUpperCase()
  const whole = world.incidents.find((row) => row.incident_number.toUpperCase() === upper)
  if (whole) return whole
  const count = /^[EI#]0*(\d+)$/.exec(upper)?.[1]
  return count === undefined
    ? undefined
    : world.incidents.find((row) => countOf(row.incident_number) === count)
}

/** By a letter and its number (H2, St5), or by the beginning of its name when only one begins so. */
export function findNamed(rows: readonly Named[], letters: string, word: string): Named | undefined {
  const upper = word.toUpperCase()
  const id = upper.startsWith(letters.toUpperCase()) ? upper.slice(letters.length) : ''
  const byId = /^\d+$/.test(id) ? rows.find((row) => row.id === Number(id)) : undefined
  if (byId || upper.length < 3) return byId
  const named = rows.filter((row) => row.name.toUpperCase().includes(upper))
  return named.length === 1 ? named[0] : undefined
}
