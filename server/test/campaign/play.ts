import type { Recorder } from '../../../simulator/history/recorder.ts'
import type { Random } from '../../../simulator/random.ts'
import { choices, proveHealed } from './deeds.ts'
import { changeDuties } from './duty.ts'
import { type Desk, type Ledger, signIn } from './exchange.ts'
import { noFaults, startFaults } from './faults.ts'
import { createStaff } from './hands.ts'
import type { CampaignPlan, Played } from './plan.ts'
import { startServers } from './servers.ts'
import { verifyAudit } from './verify-audit.ts'
import { type Login, makeWorld, openSteadyClient } from './world.ts'

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
    const ledger: Ledger = { recorder, strange: [] }
    const makeHands = createStaff({ world, urls, chief: chief as Desk, desks, ledger, random })
    const isDone = () => recorder.invoked() >= commands
    const dutyDesk = { steady: dutySteady, recorder, random: random.stream('duty'), units: world.units }
    const names = Array.from({ length: plan.clients }, (_, at) => `client-${at}`)
    const everyone = names.map(async (name) => {
      const hands = makeHands(name, (own) => own.int(0, urls.length - 1))
      while (!isDone()) await hands.random.pick(choices)(hands)
    })
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
      audit: await verifyAudit(url, servers.dataDir),
      proof,
    }
  } finally {
    await servers.close()
    await Promise.all([steady.end(), dutySteady.end()])
  }
}
