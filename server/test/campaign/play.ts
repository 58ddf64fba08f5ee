import type { Recorder } from '../../../simulator/history/recorder.ts'
import type { Random } from '../../../simulator/random.ts'
import { createBoard } from './board.ts'
import {
  type Deed,
  divert,
  end,
  type Hands,
  open,
  order,
  orderAgain,
  proveHealed,
  seed,
  step,
} from './dispatcher.ts'
import { changeDuties } from './duty.ts'
import { createExchange, type Desk, type Ledger, signIn } from './exchange.ts'
import { type FaultCounts, startFaults } from './faults.ts'
import type { MutantName } from './mutants.ts'
import { startServerPair } from './server-pair.ts'
import { makeWorld, openClient, type Scene, type Size } from './world.ts'

export type CampaignPlan = Size & {
  seed: string
  commands: number
  clients: number
  /** Shares of replies dropped after the commit, and of requests whose connection is cut. */
  drop: number
  cut: number
  /** Whether servers are killed and connections terminated. */
  faults: boolean
  mutant?: MutantName
  /** What is done to the database, and proved of the servers, before the clients begin. */
  prepare?: (scene: Scene) => Promise<boolean>
}

export type Played = {
  given: number[]
  strange: string[]
  faults: FaultCounts
  network: { dropped: number; cut: number }
  output: string
  /** What `prepare` found. */
  proof?: boolean
}

/** How often each deed is done, of a hundred. */
const deeds: readonly [Deed, number][] = [
  [order, 26],
  [seed, 10],
  [orderAgain, 6],
  [step, 48],
  [divert, 5],
  [end, 3],
  [open, 2],
]
const choices = deeds.flatMap(([deed, share]) => Array.from({ length: share }, () => deed))

/** Plays the campaign to its end: nothing is under way and no server runs when it resolves. */
export async function play(
  url: string,
  plan: CampaignPlan,
  recorder: Recorder,
  random: Random,
): Promise<Played> {
  const pair = await startServerPair(url, { random: random.stream('servers'), mutant: plan.mutant })
  const client = await openClient(url)
  const dutyClient = await openClient(url)
  try {
    const world = await makeWorld(url, plan)
    const urls = pair.proxies.map((one) => one.url)
    const desks = await Promise.all(world.dispatchers.map((who) => signIn(urls[0] as string, who)))
    const proof = await plan.prepare?.({ client, world, ask: (desks[0] as Desk).ask })
    pair.trouble(plan)
    const board = createBoard(world)
    const ledger: Ledger = { recorder, strange: [] }
    const makeHands = (name: string, pickServer: (random: Random) => number): Hands => {
      const own = random.stream(name)
      const line = { urls, token: own.pick(desks).token, pickServer: () => pickServer(own) }
      return { name, random: own, board, exchange: createExchange(name, line, ledger) }
    }
    const isDone = () => recorder.invoked() >= plan.commands
    const work = async (hands: Hands) => {
      while (!isDone()) await hands.random.pick(choices)(hands)
    }
    const dutyDesk = { client: dutyClient, recorder, random: random.stream('duty'), units: world.units }
    const names = Array.from({ length: plan.clients }, (_, at) => `client-${at}`)
    const everyone = names.map((name) => work(makeHands(name, (own) => own.int(0, 1))))
    const faultOptions = { client, pair, commands: plan.commands, done: recorder.invoked }
    const faults = plan.faults ? startFaults({ ...faultOptions, random: random.stream('faults') }) : undefined
    await Promise.all([...everyone, changeDuties(dutyDesk, isDone)])
    pair.trouble({ drop: 0, cut: 0 })
    await faults?.stop()
    await proveHealed([0, 1].map((which) => makeHands(`healed-${which}`, () => which)))
    await pair.stop()
    const network = { dropped: 0, cut: 0 }
    for (const { counts } of pair.proxies) {
      network.dropped += counts.dropped
      network.cut += counts.cut
    }
    const counts = faults?.counts ?? { kills: 0, terminations: 0, connections: 0 }
    return {
      given: world.incidents,
      strange: ledger.strange,
      faults: counts,
      network,
      output: pair.output(),
      proof,
    }
  } finally {
    await pair.close()
    await Promise.all([client.end(), dutyClient.end()])
  }
}
