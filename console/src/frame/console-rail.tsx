import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { SoundButton } from '../alarms/sound-button.tsx'
import { HelpIcon } from '../ui/icons.tsx'
import { Rail } from './rail.tsx'
import { openSide } from './side-store.ts'

/** The rail with what only the console has. */
export function ConsoleRail({ person }: { person: Me }) {
  return (
    <Rail person={person}>
      {mayDispatch(person) && <SoundButton />}
      <button
        type="button"
        className="rail-button"
        aria-label="Keys and commands"
        title="Keys and commands (F1)"
        onClick={() => openSide({ is: 'help' })}
      >
        <HelpIcon />
      </button>
    </Rail>
  )
}
