import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeEvent, type Utterance } from './rules-utterances.ts'

const utterance = (begins: number, latest: number, final_sequence: number | null): Utterance => ({
  ...{ begins, latest, final_sequence, interaction_id: 7 },
})
const partial = (sequence_id: number) => ({ sequence_id, is_final: false })
const final = (sequence_id: number) => ({ sequence_id, is_final: true })
const open = utterance(4, 6, null)
const closed = utterance(4, 7, 7)

type Known = Parameters<typeof placeEvent>[1]
const table: [
  string,
  Parameters<typeof placeEvent>[0],
  Known,
  [number, number, number | null] | undefined,
][] = [
  ['the first partial text begins one', partial(2), {}, [2, 2, null]],
  ['the first final text begins one', final(2), {}, [2, 2, 2]],
  ['a later partial text goes on with it', partial(7), { newest: open }, [4, 7, null]],
  ['an older partial text is replaced already', partial(5), { newest: open }, undefined],
  ['the final text ends it', final(7), { newest: open }, [4, 7, 7]],
  ['a final text that was overtaken ends it too', final(5), { newest: open }, [4, 6, 5]],
  ['a final text from before it is one of its own', final(3), { newest: open }, [3, 3, 3]],
  ['after the final text another one begins', partial(8), { newest: closed }, [8, 8, null]],
  ['a final text may follow a final text', final(8), { newest: closed }, [8, 8, 8]],
  ['a partial text after its final one is of no use', partial(6), { newest: closed }, undefined],
  ['the same final text again is the same', final(7), { newest: closed, same: closed }, [4, 7, 7]],
  ['also when another has begun', final(7), { newest: utterance(8, 9, null), same: closed }, [4, 7, 7]],
  ['the same first text again, not replaced yet', partial(4), { same: utterance(4, 4, null) }, [4, 4, null]],
  ['the same first text again, replaced', partial(4), { newest: open, same: open }, undefined],
]
for (const [name, event, known, expected] of table) {
  test(name, () => {
    const placed = placeEvent(event, known)
    assert.deepEqual(placed && [placed.begins, placed.latest, placed.final_sequence], expected)
  })
}
