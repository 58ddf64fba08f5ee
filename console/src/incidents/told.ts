import type { Message } from '@toneout/contract/model/message.ts'

/** What a person of a crew was sent by one channel, and what became of it. */
export type Told = {
  readonly channel: string
  readonly mark: string
  readonly words: string
  readonly isFault: boolean
}
export type ToldPerson = { readonly name: string; readonly told: readonly Told[] }

const channelWords: Partial<Record<Message['channel'], string>> = {
  SCREEN: 'Screen',
  SMS: 'SMS',
  VOICE: 'Voice',
  PUSH: 'Push',
  EMAIL: 'E-mail',
}

const ofSending: readonly Message['event'][] = ['DISPATCHED', 'DISPATCH_REPEATED', 'STOOD_DOWN']

/** One tick: the provider took it. Two: the person has seen it. */
function toldBy({ state, channel, attempts, fault }: Message): Told {
  const name = channelWords[channel] ?? channel
  const tries = attempts > 0 ? `, tried ${attempts === 1 ? 'once' : `${attempts} times`}` : ''
  const said = {
    ACKNOWLEDGED: ['✓✓', `${name} seen`],
    DELIVERED: ['✓', `${name} delivered`],
    WAITING: ['…', channel === 'SCREEN' ? `${name} not seen yet` : `${name} waits${tries}`],
    FAILED: ['✗', `${name} failed${fault === null ? '' : `: ${fault}`}`],
  } as const
  const [mark, words] = said[state]
  return { channel: name, mark, words, isFault: state === 'FAILED' }
}

/** Who of a unit's crew was told of an incident last, by which channels; `messages` newest first. */
export function toldCrew(messages: readonly Message[], unitId: number): ToldPerson[] {
  const ofUnit = messages.filter((one) => one.unit_id === unitId && ofSending.includes(one.event))
  const people = Map.groupBy(
    ofUnit.filter((one) => one.person_id !== null),
    (one) => one.recipient,
  )
  return [...people]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, theirs]) => {
      const newest = new Map<string, Message>()
      for (const one of theirs) if (!newest.has(one.channel)) newest.set(one.channel, one)
      return { name, told: [...newest.values()].map(toldBy).sort((a, b) => (a.channel < b.channel ? -1 : 1)) }
    })
}
