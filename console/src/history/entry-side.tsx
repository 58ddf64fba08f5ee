import type { AuditEntry } from '@toneout/contract/model/audit.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { dayField } from '../keys/key-words.ts'
import { clockTime, dayAndYear } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { changesOf, detailsOf } from './changes-of.ts'

export const kindWords: Record<AuditEntry['actor']['kind'], string> = {
  person: 'Person',
  key: 'Program, such as the AI',
  system: 'The server itself',
}

/** One line of the history, whole. */
export function EntrySide({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { actor, at } = entry
  const facts: [string, string][] = [
    ['When', `${dayAndYear(at)} ${clockTime(at)}`],
    ['Who', actor.name],
    ['Kind', kindWords[actor.kind]],
  ]
  if (entry.incident_number !== null) facts.push(['Incident', entry.incident_number])
  if (entry.unit_number !== null) facts.push(['Unit', entry.unit_number])
  if (entry.call_sid !== null) facts.push(['Call', entry.call_sid])
  facts.push(['Line', String(entry.id)])
  if (entry.request_id !== null) facts.push(['Request', entry.request_id])
  const details = detailsOf(entry)
  return (
    <SidePanel title={plain(entry.type)} onClose={onClose}>
      <SideFacts label="Facts of the line" facts={facts} />
      <Changes entry={entry} />
      {details.length > 0 && <SideFacts label="More of the line" facts={details} />}
      <More entry={entry} />
    </SidePanel>
  )
}

function Changes({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry)
  if (changes.length === 0) return null
  return (
    <table className="changes">
      <caption className="unseen">What was changed</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td>{from}</td>
            <td>{to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The way on from here: the same object, the same person, the same request. */
function More({ entry }: { entry: AuditEntry }) {
  const { actor, incident_number, unit_number, request_id, at } = entry
  const day = dayField(at)
  const link = (words: Record<string, string>) => `/history?${new URLSearchParams(words)}`
  return (
    <div className="side-part link-list">
      <PageLink className="link" href={link({ actor: actor.name })}>
        All by {actor.name}
      </PageLink>
      {incident_number !== null && (
        <PageLink className="link" href={link({ about: incident_number })}>
          All about {incident_number}
        </PageLink>
      )}
      {unit_number !== null && (
        <PageLink className="link" href={link({ about: unit_number })}>
          All about {unit_number}
        </PageLink>
      )}
      {request_id !== null && (
        <PageLink className="link" href={link({ request: request_id, from: day, to: day })}>
          All of this request
        </PageLink>
      )}
    </div>
  )
}
