import type { Handover } from '@toneout/contract/model/handover.ts'
import { useEffect } from 'react'
import { useQueryWords } from '../frame/address.ts'
import { ListBody } from '../frame/list-body.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { stamp } from '../ui/format.ts'
import { markSeen } from './desk.ts'
import { useHandovers } from './use-handovers.ts'

/** What shifts left for each other, newest first; whoever sees the list has read the newest. */
export function HandoverList() {
  const search = useQueryWords().get('search') ?? ''
  const read = useHandovers(search)
  const notes = read.data?.pages.flatMap((page) => page.results) ?? []
  const newest = search === '' ? notes[0]?.id : undefined
  useEffect(() => {
    if (newest !== undefined) markSeen(newest)
  }, [newest])
  return (
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
