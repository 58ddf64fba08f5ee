import type { Random } from './random.ts'

export type Sex = 'f' | 'm'

const first: Record<Sex, readonly string[]> = {
  f: [
    ...[
      'Maren',
      'Odile',
      'Tess',
      'Ruth',
      'Ines',
      'Priya',
      'Nadia',
      'Joan',
      'Carla',
      'Wren',
      'Yuki',
      'Dolores',
    ],
    ...[
      'Hannah',
      'Amara',
      'Lena',
      'Beth',
      'Noor',
      'Greta',
      'Simone',
      'Talia',
      'Rosa',
      'Ingrid',
      'Faye',
      'Mina',
    ],
  ],
  m: [
    ...['Anders', 'Theo', 'Walt', 'Ravi', 'Omar', 'Luis', 'Hank', 'Pavel', 'Dean', 'Kofi', 'Marcus', 'Eli'],
    ...['Tomas', 'Joel', 'Sunil', 'Reggie', 'Niko', 'Bram', 'Otis', 'Ivan', 'Carl', 'Jonah', 'Felix', 'Amos'],
  ],
}
const last = [
  ...[
    'Holloway',
    'Brandt',
    'Okafor',
    'Lindqvist',
    'Marsh',
    'Varga',
    'Tolliver',
    'Sandoval',
    'Peake',
    'Novak',
  ],
  ...['Whitlock', 'Amadi', 'Castell', 'Dray', 'Ferro', 'Greer', 'Haldane', 'Iversen', 'Jessop', 'Kerrigan'],
  ...['Larkin', 'Mbeki', 'Norwood', 'Ostrow', 'Pruitt', 'Quillan', 'Rask', 'Stroud', 'Thorne', 'Underhill'],
]

export function chooseName(random: Random, sex: Sex): { first: string; full: string } {
  const name = random.pick(first[sex])
  return { first: name, full: `${name} ${random.pick(last)}` }
}

/**
 * Numbers set aside for fiction: 555-0100 to 0199 of any area (NANPA), 07700 900xxx (Ofcom), 06 39 98
 * (ARCEP).
 */
export function choosePhone(random: Random, language: string): { number: string; ending: string } {
  const ending = `01${String(random.int(0, 99)).padStart(2, '0')}`
  const digits = String(random.int(0, 9_999)).padStart(4, '0')
  if (language === 'fr') return { number: `+33639 98${digits}`.replace(' ', ''), ending: digits }
  const form = random.next()
  if (form < 0.03) return { number: `+447700900${digits.slice(1)}`, ending: digits }
  const area = random.pick(['555', '555', '555', '555', '212', '303', '415', '503', '617', '808'])
  if (form < 0.09) return { number: `(${area}) 555-${ending}`, ending }
  if (form < 0.13) return { number: `${area}-555-${ending}`, ending }
  return { number: `+1${area}555${ending}`, ending }
}

/** Relation -> the patient's sex where the word says it; `either` leaves it to chance. */
const relations: Readonly<Record<string, Sex | 'either'>> = {
  husband: 'm',
  dad: 'm',
  father: 'm',
  grandpa: 'm',
  son: 'm',
  brother: 'm',
  wife: 'f',
  mom: 'f',
  mother: 'f',
  grandma: 'f',
  daughter: 'f',
  sister: 'f',
  partner: 'either',
  friend: 'either',
  neighbor: 'either',
  roommate: 'either',
  coworker: 'either',
  stranger: 'either',
  self: 'either',
  'self(m)': 'm',
  'self(f)': 'f',
}

export type Patient = { kin: string; sex: Sex; age: number; first: string; full: string }

/** Someone of the relations named and of an age within [from, to]. */
export function choosePatient(
  random: Random,
  wanted: { kin: readonly string[]; from: number; to: number },
): Patient {
  const kin = random.pick(wanted.kin)
  const word = relations[kin]
  if (!word) throw new Error(`unknown relation ${kin}`)
  const sex = word === 'either' ? random.pick(['f', 'm'] as const) : word
  return {
    kin: kin.replace(/\(.\)/, ''),
    sex,
    age: random.int(wanted.from, wanted.to),
    ...chooseName(random, sex),
  }
}
