import { choosePlace, type Place } from './city/choose-place.ts'
import { cityName } from './city/projection.ts'
import { fillExactly, type Slots } from './fill.ts'
import { chooseName, choosePatient, choosePhone } from './people.ts'
import type { Random } from './random.ts'
import type { Script } from './script.ts'

/** Who calls about whom from where: everything the `$slots` of one play stand for. */
export type Scene = { place: Place; callerNumber: string; slots: Slots }

/** `place` is given when the call is about something that others called about already. */
export function setScene(script: Script, random: Random, place = choosePlace(random, script.at)): Scene {
  const patient = choosePatient(random, script.patient)
  const caller = chooseName(random, random.pick(['f', 'm'] as const))
  const self = patient.kin === 'self' ? patient : caller
  const phone = choosePhone(random, script.language)
  const slots = new Map<string, string>([
    ...Object.entries(phrases),
    ...Object.entries(pronouns[patient.sex]),
    ['city', cityName],
    ['address', place.address],
    ['place', place.written],
    ['number', place.number],
    ['street', place.street],
    ['cross', place.cross],
    ['district', place.district],
    ['landmark', place.landmark],
    ['lat', String(place.latitude)],
    ['lon', String(place.longitude)],
    ['apt', place.apartment ?? ''],
    ['door', place.apartment ? inside : outside],
    ['kin', patient.kin],
    ['whose', patient.kin === 'self' ? 'your' : pronouns[patient.sex].their],
    ['name', patient.first],
    ['fullname', patient.full],
    ['age', String(patient.age)],
    ['caller', self.full],
    ['me', self.first],
    ['ending', phone.ending],
    ['minutes', String(random.int(3, 9))],
    ['reference', String(random.int(1_000, 9_999))],
  ])
  // A `let` is chosen once per play, so that the knife of the first line is still a knife in the last.
  for (const [name, ways] of script.lets) {
    slots.set(name, fillExactly(random.pick(ways.split('|')).trim(), slots, random))
  }
  return { place, callerNumber: phone.number, slots }
}

/** How to find the door, said without being asked. */
const inside = "{second floor|third floor|ground floor|take the stairs, the elevator's broken|buzz twice}"
const outside =
  "{it's the gray house|the house with the porch|blue door|there's a truck in the driveway|white fence}"

const pronouns = {
  f: { they: 'she', them: 'her', their: 'her', person: 'woman', young: 'girl' },
  m: { they: 'he', them: 'him', their: 'his', person: 'man', young: 'boy' },
} as const

/** Sentences every call taker repeats; the wording changes from call to call. */
const phrases = {
  greet: [
    '{911, automated call taker.|$city 911, automated call taker.|911.}',
    "{What is|What's} the address of {the|your} emergency?",
  ].join(' '),
  tell: '{Okay, tell|Okay. Tell|Tell} me exactly what happened.',
  verify: [
    '{I have|Let me read that back:|So I have it right:} $address, {near|by} $cross, {in |}$district.',
    '{Is that right?|Correct?}',
  ].join(' '),
  callback: '{If we get cut off, can|Can} I call you back on the number ending $ending?',
  yes: "{Yes.|Yeah.|Yes, yes.|That's right.|Yeah, that's it.|Uh-huh.}",
  sending: [
    "{I'm getting help to you now.|Help is being sent now.|A dispatcher has this now and is sending help.}",
    "{My questions don't slow them down.|Stay on the line with me.|Don't hang up, I'll tell you what to do.}",
  ].join(' '),
  hurry: '{Please hurry.|Please, please hurry.|How long?|Are they coming?|Just send somebody.|Please.}',
  coming:
    "{They're on their way.|They are coming to you now.|Help is on the way.} {Stay with me.|Keep listening.}",

  prepare: [
    '{Unlock the front door|Make sure the front door is open}{ and turn on the outside light|},',
    '{put any pets away|shut pets in another room}, and {have|get} $whose medicines ready for the crew.',
  ].join(' '),
  watch: 'If anything changes, {call back right away|call us back at once} for further instructions.',
  crewhere:
    "{They're here.|I hear the siren.|I can see them.|They just pulled up.|I see the lights.} {Thank you.|}",
  letgo:
    "{Okay. Let them take over now.|Good. Go with them, I'll let you go.|You did well. I'll let you go.}",
} as const
