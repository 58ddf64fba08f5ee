import type { Call } from '@toneout/contract/model/call.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { useState } from 'react'
import { Facts, History, Said } from './call-parts.tsx'
import { Assignments, Linked, Notes } from './incident-parts.tsx'
import { mayMark, mayReadWords } from './may-mark.ts'

const parts = ['Said', 'Facts', 'Units', 'Notes', 'History'] as const
type Part = (typeof parts)[number]

/** One part of a call at a time; those that the role may not read are not offered. */
export function CallTabs({ call, person }: { call: Call; person: Me }) {
  const may = { Said: mayReadWords(person), History: mayMark(person) } as Partial<Record<Part, boolean>>
  const shown = parts.filter((part) => may[part] !== false)
  const [chosen, setChosen] = useState<Part>('Said')
  const part = shown.includes(chosen) ? chosen : 'Facts'
  return (
    <>
      <fieldset className="segments part-tabs" aria-label="What is shown of the call">
        {shown.map((one) => (
          <button key={one} type="button" aria-pressed={one === part} onClick={() => setChosen(one)}>
            {one}
          </button>
        ))}
      </fieldset>
      {part === 'Said' && <Said call={call} />}
      {part === 'Facts' && <Facts call={call} person={person} />}
      {part === 'Units' && <Assignments call={call} />}
      {part === 'Notes' && <Notes call={call} />}
      {part === 'History' && <History call={call} />}
      {part === 'Facts' && <Linked call={call} />}
    </>
  )
}
