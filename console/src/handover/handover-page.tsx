import type { Handover } from '@toneout/contract/model/handover.ts'
import { longestDesk } from '@toneout/contract/model/handover.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { type FormEvent, useEffect, useState } from 'react'
import { mayDispatch } from '../access/session.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListBody } from '../frame/list-body.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { InputField } from '../ui/field.tsx'
import { stamp } from '../ui/format.ts'
import { chooseDesk, markSeen, useDesk } from './desk.ts'
import { NoteForm } from './note-form.tsx'
import { useHandovers } from './use-handovers.ts'

/** Which desk this is, what the shift before left, and what this one leaves for the next. */
export function HandoverPage({ person }: { person: Me }) {
  const search = useQueryWords().get('search') ?? ''
  const read = useHandovers(search)
  const notes = read.data?.pages.flatMap((page) => page.results) ?? []
  const newest = search === '' ? notes[0]?.id : undefined
  useEffect(() => {
    if (newest !== undefined) markSeen(newest)
  }, [newest])
  return (
    <PageFrame person={person} name="Handover">
      <div className="desk-list" data-side="open">
        <section className="panel list handovers" aria-label="Notes of the shifts">
          <header className="panel-head list-head">
            <ListSearch what="notes" placeholder="Words, author or desk" longest={200} />
          </header>
          <ListBody
            what="Notes"
            read={read}
            count={notes.length}
            empty={search === '' ? 'No shift has left a note yet.' : 'No note has this in it.'}
          >
            <ol className="handover-list">
              {notes.map((note) => (
                <Note key={note.id} note={note} />
              ))}
            </ol>
          </ListBody>
        </section>
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

function Note({ note }: { note: Handover }) {
  return (
    <li>
      <p className="handover-by">
        <b>{note.written_by}</b> ·{' '}
        <time dateTime={note.written_at}>{stamp(note.written_at, Date.now())}</time>
        {note.desk !== '' && ` · ${note.desk}`}
      </p>
      <p className="handover-text">{note.text}</p>
    </li>
  )
}

function DeskForm() {
  const desk = useDesk()
  const [isSet, setSet] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    chooseDesk(String(new FormData(event.currentTarget).get('desk') ?? ''))
    setSet(true)
  }
  return (
    <form className="side-part" aria-label="Desk" onSubmit={submit} onChange={() => setSet(false)}>
      <h2>Which desk this is</h2>
      <InputField
        label="Desk"
        name="desk"
        maxLength={longestDesk}
        defaultValue={desk}
        hint="Kept in this browser, for everybody who works at it."
      />
      <div role="status" className="form-fault">
        {isSet && (desk === '' ? 'This browser stands on no desk.' : `This is ${desk}.`)}
      </div>
      <button type="submit" className="button">
        Set the desk
      </button>
    </form>
  )
}
