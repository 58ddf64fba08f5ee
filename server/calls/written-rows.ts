import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { sealNumber } from './caller.ts'
import type { Loaded } from './group-loading.ts'
import type { StoredInteraction, WrittenCall } from './store.ts'
import { wordsOf } from './words.ts'
import type { Work, WorkedCall } from './work.ts'

/** An utterance as the table holds it. */
export function storedInteraction(work: Work, id: number): StoredInteraction {
  const one = work.interactions.get(id) as Interaction
  return { ...one, words: wordsOf(one.message).join(' ') }
}

const hex = (bytes: Buffer) => `\\x${bytes.toString('hex')}`

/** A call as the table holds it; a number that has not changed is not sealed again. */
export function writtenCall({ work, vault }: Loaded, one: WorkedCall): WrittenCall {
  const { caller_number, ...call } = one.call
  const row = { ...call, updated_at: work.now, revision: one.revision }
  if (one.state !== 'new' && !one.hasNewNumber) return { ...row, caller_sealed: null, caller_index: null }
  const { caller_sealed, caller_index } = sealNumber(vault, call.id, caller_number)
  return { ...row, caller_sealed: hex(caller_sealed), caller_index: hex(caller_index) }
}
