import { PageLink } from '../frame/page-link.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { ChangeRole } from './change-role.tsx'
import { ContactForm } from './contact-form.tsx'
import { GivePassword } from './give-password.tsx'

import { ShutOut, TakeApp } from './person-acts.tsx'
import { factsOf } from './person-facts.ts'
import { Profile } from './profile.tsx'
import { usePerson } from './use-people.ts'

type SideProps = { id: number; own: boolean; onClose: () => void }

/** One person: what is known of the account, and what an admin may change. */
export function PersonSide({ id, own, onClose }: SideProps) {
  const query = usePerson(id)
  const person = query.data
  return (
    <SidePanel title={person?.username ?? `Person ${id}`} onClose={onClose}>
      {query.isPending && <Skeleton rows={6} what="the person" />}
      {query.isError && <Failed what="The person" read={query} />}
      {person && <SideFacts label={`Facts of ${person.username}`} facts={factsOf(person)} />}
      {person && own && (
        <div className="side-part">
          <p>
            This is you. Your password and your second factor are on{' '}
            <PageLink href="/account">your account page</PageLink>; another admin changes your role.
          </p>
        </div>
      )}
      {person && <ContactForm person={person} />}
      {person?.active && <Profile person={person} />}
      {person && !own && (
        <>
          <ChangeRole key={`${person.role} ${person.hospital_id}`} before={person} />
          <GivePassword person={person} />
          <TakeApp person={person} />
          <ShutOut person={person} />
        </>
      )}
    </SidePanel>
  )
}
