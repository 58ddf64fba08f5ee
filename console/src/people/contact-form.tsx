import { type Contact, type ContactChange, duties, languages } from '@toneout/contract/model/contact.ts'
import type { Person } from '@toneout/contract/model/people.ts'
import { ask } from '../access/ask.ts'
import { KeptForm, textOf } from '../places/kept-form.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { languageWord } from '../ui/words.ts'
import { useChangeContact, useContact } from './use-people.ts'

const labels = { phone: 'Number', email: 'E-mail', language: 'Language', duty: 'On duty' }

const dutyWords: Record<Contact['duty'], string> = {
  SIGNED_IN: 'While signed in',
  ALWAYS: 'Always, on call',
  NEVER: 'Never',
}

/** How somebody is reached. Who is in a crew is on duty when the crew's profile says so. */
export function ContactForm({ person }: { person: Person }) {
  const contact = useContact(person.id).data
  const change = useChangeContact((body: ContactChange) =>
    ask('changeContact', { params: { id: person.id }, body }),
  )
  if (!contact) return null
  const read = (given: FormData): ContactChange => ({
    phone: textOf(given, 'phone') || null,
    email: textOf(given, 'email') || null,
    language: textOf(given, 'language') as Contact['language'],
    duty: textOf(given, 'duty') as Contact['duty'],
  })
  return (
    <KeptForm
      title="How to reach them"
      labels={labels}
      change={change}
      button="Save the contact"
      done="Saved."
      onSend={(given) => change.mutate(read(given))}
    >
      {(faults) => (
        <>
          <InputField
            label={labels.phone}
            name="phone"
            type="tel"
            autoComplete="off"
            placeholder="+15550100"
            hint="For SMS and voice calls, in international form."
            defaultValue={contact.phone ?? ''}
            fault={faults.phone}
          />
          <InputField
            label={labels.email}
            name="email"
            autoComplete="off"
            maxLength={254}
            defaultValue={contact.email ?? ''}
            fault={faults.email}
          />
          <div className="field-pair">
            <SelectField
              label={labels.language}
              name="language"
              options={languages.map((value) => ({ value, words: languageWord(value) ?? value }))}
              defaultValue={contact.language}
              fault={faults.language}
            />
            <SelectField
              label={labels.duty}
              name="duty"
              options={duties.map((value) => ({ value, words: dutyWords[value] }))}
              defaultValue={contact.duty}
              fault={faults.duty}
            />
          </div>
        </>
      )}
    </KeptForm>
  )
}
