import { type PersonChannel, personChannels } from '@toneout/contract/model/message.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { ask } from '../access/ask.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { amount } from '../ui/format.ts'
import { channelWord } from './message-words.ts'
import { TestButton } from './test-button.tsx'
import { type ChannelRow, useTest } from './use-channels.ts'

/** What each channel is, for who sets it up. */
const what: Readonly<Record<string, string>> = {
  SCREEN: 'The console and the page of crews, which show it with a sound. It needs nothing.',
  SMS: 'A text to the number of the person, through Twilio.',
  VOICE: 'A call to the number of the person, through Twilio; a key press acknowledges.',
  PUSH: 'A notification of the page of crews on the phone, also while it is closed.',
  EMAIL: 'A mail to the address of the person, by the SMTP server of the centre.',
  WEBHOOK: 'A signed request to programs of others; the list of them is under Webhooks.',
}

type SideProps = { channel: ChannelRow; person: Me; onClose: () => void }

export function ChannelSide({ channel, person, onClose }: SideProps) {
  const name = channelWord(channel.channel)
  const toPerson = (personChannels as readonly string[]).includes(channel.channel)
  return (
    <SidePanel title={name} onClose={onClose}>
      <div className="side-part">
        <p>{what[channel.channel]}</p>
        {channel.missing.length > 0 && (
          <p>
            It is not set up: the environment of the server has no{' '}
            <span className="mono">{channel.missing.join(', ')}</span>.
          </p>
        )}
      </div>
      <SideFacts
        label={`Facts of ${name}`}
        facts={[
          ['State', channel.ready ? 'Ready' : 'Not set up'],
          ['Last 24 hours', `${amount(channel.delivered)} delivered, ${amount(channel.failed)} failed`],
          ['Waiting', amount(channel.waiting)],
        ]}
      />
      <div className="side-part">
        <PageLink className="link" href={`/messages?show=all&channel=${channel.channel}`}>
          Messages of this channel
        </PageLink>
      </div>
      {channel.ready && toPerson && (
        <OwnTest name={name} channel={channel.channel as PersonChannel} person={person} />
      )}
    </SidePanel>
  )
}

function OwnTest({ name, channel, person }: { name: string; channel: PersonChannel; person: Me }) {
  const test = useTest({
    query: { channel, event: 'CONTACT_TEST', person_id: person.id },
    send: () => ask('testChannel', { body: { channel } }),
  })
  return (
    <TestButton name={`Send me a test by ${name}`} test={test}>
      It goes to you alone, as your contact says how you are reached.
    </TestButton>
  )
}
