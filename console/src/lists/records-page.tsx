import type { Me } from '@toneout/contract/model/person.ts'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { focusRow } from '../frame/side-panel.tsx'
import { RecordSide } from './record-side.tsx'
import { RecordsList } from './records-list.tsx'

/** Every call there was, by filters that the address holds, and beside them the one that is chosen. */
export function RecordsPage({ person }: { person: Me }) {
  const chosen = useQueryWords().get('call') ?? ''
  const close = () => {
    changeQuery({ call: '' })
    focusRow(chosen)
  }
  return (
    <PageFrame person={person} name="Records">
      <div className="desk-list" data-side={chosen === '' ? 'closed' : 'open'}>
        <RecordsList person={person} chosen={chosen} />
        {chosen !== '' && <RecordSide key={chosen} sid={chosen} person={person} onClose={close} />}
      </div>
    </PageFrame>
  )
}
