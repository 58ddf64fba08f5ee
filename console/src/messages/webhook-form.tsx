import { type WebhookEvent, webhookEvents } from '@toneout/contract/model/message.ts'
import type { Webhook, WebhookCreation } from '@toneout/contract/model/webhook.ts'
import { ask } from '../access/ask.ts'
import { ShownOnce } from '../frame/shown-once.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { KeptForm, textOf } from '../places/kept-form.tsx'
import { InputField } from '../ui/field.tsx'
import { useChannelChange, useWebhookChange } from './use-channels.ts'

const labels = { url: 'Address', events: 'Events' }

const about: Record<WebhookEvent, string> = {
  NEW_EMERGENCY: 'an incident was raised',
  AMBULANCE_ALARM: 'a crew calls for help, or an alarm was raised',
  UNIT_DISPATCHED: 'a unit was sent',
  STATUS_UPDATE: 'a crew or an incident is a step further',
  LOCATION_UPDATE: 'an incident has another place, or a unit was moved up',
  CAPACITY_UPDATE: 'a hospital has other beds, load or diversion',
}

function readWebhook(given: FormData): WebhookCreation {
  return { url: textOf(given, 'url'), events: given.getAll('events') as WebhookEvent[] }
}

type FieldsProps = { before?: Webhook; faults: Partial<Record<keyof typeof labels, string>> }

function WebhookFields({ before, faults }: FieldsProps) {
  return (
    <>
      <InputField
        label={labels.url}
        name="url"
        type="url"
        maxLength={1_000}
        placeholder="https://"
        defaultValue={before?.url}
        hint="Of the program that is told. Private addresses need WEBHOOK_HOSTS."
        fault={faults.url}
        required
      />
      <fieldset className="event-checks">
        <legend>{labels.events}</legend>
        {webhookEvents.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              name="events"
              value={one}
              defaultChecked={before === undefined || before.events.includes(one)}
            />
            <span>
              <span className="mono">{one}</span>
              <span className="field-hint">{about[one]}</span>
            </span>
          </label>
        ))}
        <div role="alert">{faults.events && <p className="field-fault">{faults.events}</p>}</div>
      </fieldset>
    </>
  )
}

export function NewWebhook({ onClose }: { onClose: () => void }) {
  const make = useChannelChange((body: WebhookCreation) => ask('createWebhook', { body }))
  if (make.data) {
    return (
      <SidePanel title="New webhook" onClose={onClose}>
        <ShownOnce title="The secret" what="the secret" secret={make.data.secret} onKept={onClose}>
          It is shown this once. The program that is told checks each request's signature with it.
        </ShownOnce>
      </SidePanel>
    )
  }
  return (
    <SidePanel title="New webhook" onClose={onClose}>
      <KeptForm
        title="Whom to tell of what"
        labels={labels}
        change={make}
        button="Add the webhook"
        onSend={(given) => make.mutate(readWebhook(given))}
      >
        {(faults) => <WebhookFields faults={faults} />}
      </KeptForm>
    </SidePanel>
  )
}

export function ChangeWebhook({ before }: { before: Webhook }) {
  const change = useWebhookChange(before.id)
  return (
    <KeptForm
      title="Whom to tell of what"
      labels={labels}
      change={change}
      button="Save the webhook"
      done="Saved."
      onSend={(given) => change.mutate(readWebhook(given))}
    >
      {(faults) => <WebhookFields before={before} faults={faults} />}
    </KeptForm>
  )
}
