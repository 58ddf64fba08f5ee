import { type AddInteraction, addInteraction } from './add-interaction.ts'
import { type ChangeCall, changeCall } from './change-call.ts'
import { type OpenCall, openCall } from './open-call.ts'
import { type ReviseInteraction, reviseInteraction } from './revise-interaction.ts'
import { type TakeOverCall, takeOverCall } from './take-over-call.ts'
import type { Work } from './work.ts'

/** What a group of intake may hold. */
export type Command = OpenCall | ChangeCall | AddInteraction | ReviseInteraction | TakeOverCall

type Commands = {
  open: typeof openCall
  change: typeof changeCall
  add: typeof addInteraction
  revise: typeof reviseInteraction
  'take over': typeof takeOverCall
}

/** What each kind of command answers. */
export type OutcomeOf<C extends Command> = ReturnType<Commands[C['kind']]>

export function applyCommand(work: Work, command: Command): OutcomeOf<Command> {
  switch (command.kind) {
    case 'open':
      return openCall(work, command)
    case 'change':
      return changeCall(work, command)
    case 'add':
      return addInteraction(work, command)
    case 'revise':
      return reviseInteraction(work, command)
    case 'take over':
      return takeOverCall(work, command)
  }
}
