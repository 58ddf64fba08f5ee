import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { DeskForm } from './desk-form.tsx'
import { HandoverList } from './handover-list.tsx'
import { NoteForm } from './note-form.tsx'

/** Which desk this is, what the shift before left, and what this one leaves for the next. */
export function HandoverPage({ person }: { person: Me }) {
  return (
    <PageFrame person={person} name="Handover">
      <div className="desk-list" data-side="open">
        <HandoverList />
        <section className="panel side" aria-label="This desk">
          <div className="scroll">
            <DeskForm />
            {mayDispatch(person) && <NoteForm />}
          </div>
        </section>
      </div>
    </PageFrame>
  )
}
