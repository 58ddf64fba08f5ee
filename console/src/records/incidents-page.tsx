import type { Me } from '@toneout/contract/model/person.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListFilters } from '../frame/list-filters.tsx'
import { ListPage } from '../frame/list-page.tsx'
import { WithLive } from '../live/with-live.tsx'
import { filters, queryOf, shows } from './incident-query.ts'
import { IncidentRows } from './incident-rows.tsx'
import { IncidentSide } from './incident-side.tsx'
import { IncidentTools } from './incident-tools.tsx'
import { useIncidentRecords } from './use-incident-records.ts'

/** Every incident there is and was, imported ones among them. */
export function IncidentsPage({ person }: { person: Me }) {
  const query = queryOf(useQueryWords())
  const { read, rows } = useIncidentRecords(query)
  return (
    <WithLive>
      <ListPage
        person={person}
        name="Incidents"
        word="id"
        search={{ placeholder: 'Number, place, notes', longest: 200 }}
        shows={shows}
        tools={<IncidentTools person={person} query={query} found={read.data?.pages[0]} />}
        above={<ListFilters filters={filters} />}
        read={read}
        count={rows.length}
        empty={{
          all: 'No incident is in this list.',
          search: 'No incident is like this. Take a filter away, or search for other words.',
        }}
        table={(chosen) => <IncidentRows rows={rows} chosen={chosen} />}
        side={(id, close) => <IncidentSide key={id} id={id} person={person} onClose={close} />}
      />
    </WithLive>
  )
}
