import type { Webhook } from '@toneout/contract/model/webhook.ts'
import { ask, reason } from '../access/ask.ts'
import { PageLink } from '../frame/page-link.tsx'
import { focusSide, SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { plural, stamp } from '../ui/format.ts'
import { TestButton } from './test-button.tsx'
import { useChannelChange, useTest, useWebhookChange } from './use-channels.ts'
import { ChangeWebhook } from './webhook-form.tsx'

export function webhookState({ active, paused_at, failures }: Webhook): string {
  if (!active) return 'Switched off'
  if (paused_at !== null) return 'Paused'
  return failures > 0 ? 'Failing' : 'In use'
}

/** The name of a webhook: where it goes, without the way there. */
export const hostOf = ({ url }: Pick<Webhook, 'url'>) => URL.parse(url)?.host ?? url

type SideProps = { webhook: Webhook; mayChange: boolean; onClose: () => void }

export function WebhookSide({ webhook, mayChange, onClose }: SideProps) {
  const now = Date.now()
  const facts: [string, string][] = [
    ['State', webhookState(webhook)],
    ['Failed in a row', plural(webhook.failures, 'try', 'tries')],
    ['Added', stamp(webhook.created_at, now)],
  ]
  if (webhook.paused_at !== null) facts.push(['Paused', `${stamp(webhook.paused_at, now)}, by itself`])
  return (
    <SidePanel title={hostOf(webhook)} onClose={onClose}>
      <SideFacts label={`Facts of ${hostOf(webhook)}`} facts={facts} />
      <div className="side-part">
        <PageLink className="link" href="/messages?channel=WEBHOOK">
          Events that failed, to send again
        </PageLink>
      </div>
      {mayChange && (
        <>
          <Going webhook={webhook} />
          <Test webhook={webhook} />
          <ChangeWebhook before={webhook} />
          <Remove webhook={webhook} onClose={onClose} />
        </>
      )}
    </SidePanel>
  )
}

/** Off and on again. One that paused by itself goes on where it stopped. */
function Going({ webhook }: { webhook: Webhook }) {
  const change = useWebhookChange(webhook.id)
  const isGoing = webhook.active && webhook.paused_at === null
  const body = isGoing ? { active: false } : { active: true, paused: false as const }
  return (
    <section className="side-part" aria-label="On or off">
      <p>
        {isGoing
          ? 'Switched off, it is told of nothing; what happens meanwhile it never hears.'
          : 'Nothing is sent to it now.'}
      </p>
      <button
        type="button"
        className="button"
        aria-disabled={change.isPending}
        onClick={() => change.isPending || change.mutate(body)}
      >
        {isGoing ? 'Switch it off' : 'Let it go on'}
      </button>
      <div role="alert" className="form-fault">
        {change.error && `Not changed. ${reason(change.error)}`}
      </div>
    </section>
  )
}

function Test({ webhook }: { webhook: Webhook }) {
  const test = useTest({
    query: { event: 'WEBHOOK_TEST' },
    send: () => ask('testWebhook', { params: { id: webhook.id } }),
  })
  return (
    <TestButton name="Send a test event" test={test} recipient={webhook.url}>
      The program is sent WEBHOOK_TEST, signed like every event.
    </TestButton>
  )
}

function Remove({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const remove = useChannelChange(() => ask('deleteWebhook', { params: { id: webhook.id } }))
  return (
    <div className="side-part">
      <Confirm
        ask="Take it out of use"
        act={`Take ${hostOf(webhook)} out of use`}
        busy={remove.isPending}
        onAct={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              focusSide()
              onClose()
            },
          })
        }
        fault={remove.error && `Not taken out of use. ${reason(remove.error)}`}
      >
        What waits for <b>{hostOf(webhook)}</b> is not sent any more. It cannot be taken back; a new one has a
        new secret.
      </Confirm>
    </div>
  )
}
