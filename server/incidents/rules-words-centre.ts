import type { Fact, FactType } from '@toneout/contract/model/fact.ts'
import { because, by, lower, type Tell, textOf, unitOf } from './rules-phrases.ts'

const names: Record<string, string> = {
  ...{ SMS: 'SMS', EMAIL: 'E-mail', VOICE: 'Voice call', PUSH: 'Notification on the phone' },
}
const channelOf = ({ data }: Fact) => names[textOf(data.channel) ?? ''] ?? 'Message'
const noticeOf = ({ data }: Fact) => lower(data.event ?? 'something').replaceAll('_', ' ')

const rowsOf = ({ data }: Parameters<Tell>[0]) => (typeof data.rows === 'number' ? data.rows : 'some')

/** What happened to the centre itself: its data, settings, people, keys and streets. */
export const centreWords = {
  positions_erased: (fact) => `Old positions of units erased ${by(fact)}`,
  history_imported: (fact) => `Earlier calls and incidents taken over ${by(fact)}`,
  export_begun: (fact) => `Export of ${textOf(fact.data.what) ?? 'rows'} begun ${by(fact)}`,
  export_made: (fact) =>
    `${fact.data.whole ? 'Export' : 'Part of an export'} of ${textOf(fact.data.what) ?? 'rows'} sent: ` +
    `${rowsOf(fact)} ${fact.data.rows === 1 ? 'row' : 'rows'}`,
  export_fetched: (fact) => `Kept export of ${textOf(fact.data.what) ?? 'rows'} fetched ${by(fact)}`,
  history_cut: (fact) => `The oldest part of the history taken away ${by(fact)}`,
  history_checked: (fact) =>
    `History checked ${by(fact)}: it is ${fact.data.ok ? '' : 'not '}as it was written`,
  caller_number_searched: (fact) => `Calls of a number looked for ${by(fact)}`,
  recording_heard: (fact) => `Recording of the call heard ${by(fact)}`,
  words_read: (fact) => `What was said in the call read again ${by(fact)}`,
  caller_data_revealed: (fact) => `Caller's number shown ${by(fact)}${because(fact)}`,
  caller_data_erased: (fact) => `Caller's data erased ${by(fact)}`,
  desk_words_erased: (fact) => `Old notes and messages of desks erased ${by(fact)}${because(fact)}`,
  call_held: (fact) => `Call put under legal hold ${by(fact)}`,
  call_released: (fact) => `Legal hold of the call ended ${by(fact)}`,
  setting_changed: (fact) => `Setting ${lower(fact.data.name)} changed ${by(fact)}`,
  person_signed_in: (fact) => `Somebody signed in: ${fact.actor.name}`,
  sign_in_failed: () => 'Somebody could not sign in',
  sign_in_blocked: () => 'Signing in blocked after too many failures',
  signed_out_everywhere: (fact) => `Signed out everywhere ${by(fact)}`,
  password_changed: (fact) => `Own password changed ${by(fact)}`,
  second_factor_added: (fact) => `Authenticator app set up ${by(fact)}`,
  second_factor_removed: (fact) => `Authenticator app given up ${by(fact)}`,
  recovery_codes_replaced: (fact) => `Recovery codes replaced ${by(fact)}`,
  second_factor_reset: (fact) => `Authenticator app of somebody taken away ${by(fact)}`,
  person_added: (fact) => `Person added ${by(fact)}`,
  person_changed: (fact) => `Person changed ${by(fact)}`,
  password_replaced: (fact) => `Password replaced ${by(fact)}`,
  key_made: (fact) => `Key made ${by(fact)}`,
  key_changed: (fact) => `Key changed ${by(fact)}`,
  key_revoked: (fact) => `Key revoked ${by(fact)}`,
  paramedic_changed: (fact) => `Paramedic's profile changed ${by(fact)}`,
  dispatcher_changed: (fact) => `Dispatcher's profile changed ${by(fact)}`,
  closure_set: (fact) => `${textOf(fact.data.street) || 'A street'} closed ${by(fact)}${because(fact)}`,
  closure_lifted: (fact) => `${textOf(fact.data.street) || 'A street'} open again ${by(fact)}`,
  message_delivered: (fact) => `${channelOf(fact)} about ${noticeOf(fact)} delivered`,
  message_failed: (fact) =>
    `${channelOf(fact)} about ${noticeOf(fact)} to ${textOf(fact.data.recipient) ?? 'somebody'} failed`,
  message_acknowledged: (fact) => `${channelOf(fact)} about ${noticeOf(fact)} acknowledged ${by(fact)}`,
  message_resent: (fact) => `${channelOf(fact)} about ${noticeOf(fact)} sent again ${by(fact)}`,
  webhook_changed: (fact) => `Webhook ${textOf(fact.data.action) ?? 'changed'} ${by(fact)}`,
  webhook_paused: (fact) => `Webhook ${textOf(fact.data.host) ?? ''} paused after failures in a row`,
  contact_changed: (fact) => `How a person is reached changed ${by(fact)}`,
  webhook_tested: (fact) => `Webhook tested ${by(fact)}`,
  crew_alerted_again: (fact, known) => `${unitOf(fact, known)} alerted again`,
  alarm_raised: ({ data }) =>
    `Alarm${data.stage === 'SUPERVISOR' ? ' for the supervisor' : ''}: ${textOf(data.words) ?? 'unknown'}`,
  alarm_acknowledged: (fact) => `Alarm taken on ${by(fact)}: ${textOf(fact.data.words) ?? ''}`,
  alarm_ended: ({ data }) => `Alarm over: ${textOf(data.words) ?? ''}`,
  contact_test_started: (fact) => `Test of all contacts begun ${by(fact)}`,
  channel_tested: (fact) => `${channelOf(fact)} tested ${by(fact)}`,
} as const satisfies Partial<Record<FactType, Tell>>
