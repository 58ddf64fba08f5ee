import type { Me } from '@toneout/contract/model/person.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { roleWord } from '../ui/words.ts'
import { ChangePassword } from './change-password.tsx'
import { SecondFactor } from './second-factor.tsx'
import { Sessions } from './sessions.tsx'

/** What somebody may do about their own way in. */
export function AccountPage({ person }: { person: Me }) {
  return (
    <PageFrame person={person} name="Account">
      <div className="page">
        <div className="account">
          <section className="box who" aria-labelledby="who-title">
            <span className="initial" aria-hidden="true">
              {person.username.charAt(0)}
            </span>
            <div>
              <h2 id="who-title">{person.username}</h2>
              <p className="quiet">
                {roleWord(person.role, true)}. An admin changes the role; the username stays.
              </p>
            </div>
          </section>
          <div className="boxes">
            <SecondFactor person={person} />
            <ChangePassword person={person} />
          </div>
          <Sessions />
        </div>
      </div>
    </PageFrame>
  )
}
