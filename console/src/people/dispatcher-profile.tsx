import type { Person } from '@toneout/contract/model/people.ts'
import { ask } from '../access/ask.ts'
import { KeptForm } from '../places/kept-form.tsx'
import { Failed } from '../ui/panel-states.tsx'
import { ProfileFields, profileLabels, readProfile } from './profile-fields.tsx'
import { useProfile, useProfileChange } from './use-profile.ts'

/** Who a dispatcher or a supervisor is, beside the account. */
export function DispatcherProfile({ person: { id, username } }: { person: Person }) {
  const read = useProfile('dispatcher', id, (query, signal) => ask('listDispatchers', { query }, signal))
  const save = useProfileChange((given: FormData) => {
    const body = readProfile(given)
    return read.data
      ? ask('patchDispatcher', { params: { id }, body })
      : ask('addDispatcher', { body: { ...body, person_id: id } })
  })
  if (read.isError) return <Failed what="The profile" read={read} />
  if (read.data === undefined) return null
  return (
    <KeptForm
      title="Profile"
      labels={profileLabels}
      change={save}
      button={`Save the profile of ${username}`}
      done="Saved."
      onSend={save.mutate}
    >
      {(faults) => <ProfileFields profile={read.data ?? null} faults={faults} />}
    </KeptForm>
  )
}
