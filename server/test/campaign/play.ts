import type { Recorder } from '../../../simulator/history/recorder.ts'
import type { Random } from '../../../simulator/random.ts'
import { createBoard } from './board.ts'
import { type Deed, divert, type Hands, order, orderAgain, seed, step } from './dispatcher.ts'
import { changeDuties } from './duty.ts'
import { createExchange, type Desk, type Ledger, signIn } from './exchange.ts'
import { type FaultCounts, noFaults, startFaults } from './faults.ts'
import { end, merge, open, proveHealed, reopen, split } from './incident-deeds.ts'
import type { MutantName } from './mutants.ts'
import { retireHospital, retireUnit } from './retire-deeds.ts'
import { startServers } from './servers.ts'
import { type Login, makeWorld, openSteadyClient, type Scene, type Size } from './world.ts'

export type CampaignPlan = Size & {
  seed: string
  commands: number
  clients: number
  /** Shares of replies dropped after the commit, and of requests whose connection is cut. */
  drop: number
  cut: number
  /** Server programs on the one database. */
  servers: number
  /** Kills the postmaster; with it come all the other faults. Left out, nothing is killed. */
  killPostmaster?: () => void
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
  [order, 24],
  [seed, 9],
  [orderAgain, 6],
  [step, 45],
  [divert, 4],
  [end, 3],
  [open, 1],
  [reopen, 2],
  [merge, 2],
  [split, 2],
  [retireUnit, 1],
  [retireHospital, 1],
]
const choices = deeds.flatMap(([deed, share]) => Array.from({ length: share }, () => deed))

/** What was asked for over all proxies together. */
function addUp(counts: readonly Played['network'][]): Played['network'] {
  const sum = (name: keyof Played['network']) => counts.reduce((all, one) => all + one[name], 0)
  return { dropped: sum('dropped'), cut: sum('cut') }
}

/** Plays the campaign to its end: nothing is under way and no server runs when it resolves. */
export async function play(
  url: string,
  plan: CampaignPlan,
  recorder: Recorder,
  random: Random,
): Promise<Played> {
  const { mutant, commands, killPostmaster } = plan
  const servers = await startServers(url, { count: plan.servers, random: random.stream('servers'), mutant })
  const [steady, dutySteady] = [openSteadyClient(url), openSteadyClient(url)]
  try {
    const world = await makeWorld(url, plan)
    const urls = servers.proxies.map((one) => one.url)
    const sign = (who: Login) => signIn(urls[0] as string, who)
    const [chief, ...desks] = await Promise.all([world.supervisor, ...world.dispatchers].map(sign))
    const scene = { client: await steady.get(), world, ask: (desks[0] as Desk).ask }
    const proof = await plan.prepare?.(scene)
    servers.trouble(plan)
    const board = createBoard(world)
    const ledger: Ledger = { recorder, strange: [] }
    const makeHands = (name: string, pickServer: (random: Random) => number): Hands => {
      const own = random.stream(name)
      const line = ({ token }: Desk) =>
        createExchange(name, { urls, token, pickServer: () => pickServer(own) }, ledger)
      return { name, random: own, board, exchange: line(own.pick(desks)), chief: line(chief as Desk) }
    }
    const isDone = () => recorder.invoked() >= commands
    const work = async (hands: Hands) => {
      while (!isDone()) await hands.random.pick(choices)(hands)
    }
    const dutyDesk = { steady: dutySteady, recorder, random: random.stream('duty'), units: world.units }
    const names = Array.from({ length: plan.clients }, (_, at) => `client-${at}`)
    const everyone = names.map((name) => work(makeHands(name, (own) => own.int(0, urls.length - 1))))
    const options = { steady, servers, commands, done: recorder.invoked, random: random.stream('faults') }
    const faults = killPostmaster && startFaults({ ...options, killPostmaster })
    await Promise.all([...everyone, changeDuties(dutyDesk, isDone)])
    servers.trouble({ drop: 0, cut: 0 })
    await faults?.stop()
    await proveHealed(urls.map((_, which) => makeHands(`healed-${which}`, () => which)))
    await servers.stop()
    return {
      given: world.incidents,
      strange: ledger.strange,
      faults: faults?.counts ?? noFaults(),
      network: addUp(servers.proxies.map(({ counts }) => counts)),
      output: servers.output(),
      proof,
    }
  } finally {
    await servers.close()
    await Promise.all([steady.end(), dutySteady.end()])
  }
}
