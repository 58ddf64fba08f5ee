import type { Call } from '@toneout/contract/model/call.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import type { ReactNode } from 'react'
import { Facts, History, Recordings, Said } from './call-parts.tsx'
import { CallSteps } from './call-steps.tsx'
import { Assignments, Linked, Notes } from './incident-parts.tsx'
import { LegalHold } from './legal-hold.tsx'
import { mayHear, mayHold, mayMark, mayReadWords } from './may-mark.ts'

/** All parts of a call beside each other; those that the role may not read are left out. */
export function Everything({ call, person }: { call: Call; person: Me }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="scroll call-inline" tabIndex={0} aria-label="Everything about the call">
      <div>
        <CallSteps call={call} />
        {mayHear(person) && (
          <Titled title="Recordings">
            <Recordings call={call} />
          </Titled>
        )}
        {mayReadWords(person) && (
          <Titled title="Interactions">
            <Said call={call} />
          </Titled>
        )}
      </div>
      <div>
        <Titled title="Facts">
          <Facts call={call} person={person} />
        </Titled>
        <Titled title="Units">
          <Assignments call={call} />
        </Titled>
      </div>
      <div>
        <Titled title="Linked calls">
          <Linked call={call} />
        </Titled>
        <Titled title="Notes">
          <Notes call={call} />
        </Titled>
        {mayMark(person) && (
          <Titled title="History">
            <History call={call} />
          </Titled>
        )}
        {mayHold(person) && (
          <Titled title="Retention">
            <LegalHold call={call} />
          </Titled>
        )}
      </div>
    </section>
  )
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="titled">
      <h2>{title}</h2>
      {children}
    </div>
  )
}
