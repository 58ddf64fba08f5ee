import type { Random } from '../../../simulator/random.ts'
import { createBoard } from './board.ts'
import type { Hands } from './dispatcher.ts'
import { createExchange, type Desk, type Ledger } from './exchange.ts'
import type { World } from './world.ts'

export type Staff = {
  world: World
  /** Where the servers are reached. */
  urls: readonly string[]
  chief: Desk
  desks: readonly Desk[]
  ledger: Ledger
  random: Random
}

/** Gives clients by their names, each with a chance of its own; all look at the same board. */
export function createStaff({ world, urls, chief, desks, ledger, random }: Staff) {
  const board = createBoard(world)
  return (name: string, pickServer: (random: Random) => number): Hands => {
    const own = random.stream(name)
    const line = ({ token }: Desk) =>
      createExchange(name, { urls, token, pickServer: () => pickServer(own) }, ledger)
    return { name, random: own, board, exchange: line(own.pick(desks)), chief: line(chief) }
  }
}
