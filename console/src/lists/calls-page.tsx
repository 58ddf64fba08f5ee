import type { Me } from '@toneout/contract/model/person.ts'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { focusRow } from '../frame/side-panel.tsx'
import { WithLive } from '../live/with-live.tsx'
import { CallSide } from './call-side.tsx'
import { CallsList } from './calls-list.tsx'
import { FacetPanel } from './facet-panel.tsx'
import { queryOf } from './list-query.ts'
import { ViewTabs } from './view-tabs.tsx'

/** Every call there is and was, by filters that the address holds, and beside them the one that is chosen. */
export function CallsPage({ person }: { person: Me }) {
  const words = useQueryWords()
  const chosen = words.get('call') ?? ''
  const now = Date.now()
  const query = queryOf(words, now)
  const close = () => {
    changeQuery({ call: '' })
    focusRow(chosen)
  }
  return (
    <WithLive>
      <PageFrame person={person} name="Calls">
        <ViewTabs />
        <div className="calls-desk" data-side={chosen === '' ? 'closed' : 'open'}>
          <FacetPanel query={query} now={now} />
          <CallsList person={person} query={query} chosen={chosen} />
          {chosen !== '' && <CallSide key={chosen} sid={chosen} person={person} onClose={close} />}
        </div>
      </PageFrame>
    </WithLive>
  )
}
