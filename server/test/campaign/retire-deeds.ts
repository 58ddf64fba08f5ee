import type { Kept } from '../../../simulator/history/entry.ts'
import type { Deed, Hands } from './dispatcher.ts'

const tries = 8

/** Takes one out of use, whether it is free or not, and brings it back after a moment of other work. */
async function retireAndRestore({ random, chief }: Hands, what: Kept, id: number): Promise<void> {
  const path = `/api/${what}s/${id}`
  const { outcome } = await chief.send('retire', { what, id }, `${path}/retire/`)
  if (outcome === 'fail') return
  await new Promise((next) => setTimeout(next, random.int(0, 40)))
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const restored = await chief.send('restore', { what, id }, `${path}/restore/`)
    if (restored.outcome === 'ok') return
  }
}

export const retireUnit: Deed = (hands) =>
  retireAndRestore(hands, 'unit', hands.random.pick(hands.board.units))

export const retireHospital: Deed = (hands) =>
  retireAndRestore(hands, 'hospital', hands.random.pick(hands.board.hospitals))
