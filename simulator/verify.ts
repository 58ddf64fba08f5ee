import type { Client } from '@toneout/contract/client.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import { maskNumber } from '@toneout/contract/model/caller-number.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { compare, type ExpectedCall } from './expectation.ts'

/**
 * Reads back every call that was played and says in words what is missing, changed or too much. Who did not
 * open the calls is shown their numbers masked.
 */
export async function verify(
  send: Client,
  calls: readonly ExpectedCall[],
  isMasked = false,
): Promise<string[]> {
  const faults: string[] = []
  for (const expected of calls) {
    const params = { call_sid: expected.call_sid }
    const row = await send('readCall', { params })
    const lines = await send('listInteractions', { params, query: {} })
    if (row.status !== 200 || lines.status !== 200) {
      if (expected.id !== undefined)
        faults.push(`${expected.call_sid}: reads answer ${row.status}, ${lines.status}`)
    } else
      faults.push(
        ...compare(isMasked ? masked(expected) : expected, row.body as Call, lines.body as Interaction[]),
      )
  }
  return faults
}

function masked(expected: ExpectedCall): ExpectedCall {
  const number = expected.facts.get('caller_number')
  if (typeof number !== 'string') return expected
  return { ...expected, facts: new Map(expected.facts).set('caller_number', maskNumber(number)) }
}
