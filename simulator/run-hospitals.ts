import type { Client } from '@toneout/contract/client.ts'
import type { Diversion, ShownHospital } from '@toneout/contract/model/hospital.ts'
import { type Diverted, drawDiversion, driftBeds } from './hospitals.ts'
import type { Random } from './random.ts'

type Wards = { send: Client; clock: () => number; random: Random; hospitals: readonly ShownHospital[] }

/** The demo's hospitals. `tick` is for every few minutes; `reopen` ends a diversion that the demo called. */
export function openWards({ send, clock, random, hospitals }: Wards) {
  const usual = new Map(hospitals.map(({ id, available_beds }) => [id, available_beds]))
  let diverted: Diverted | undefined
  const reopen = async () => {
    if (!diverted) return
    await send('patchHospital', { params: { id: diverted.hospital_id }, body: { diversion: 'OPEN' } })
    diverted = undefined
  }
  return {
    reopen,
    /** Closes or opens a hospital because the scenario says so. */
    async divert(name: string, diversion: Diversion): Promise<void> {
      const found = hospitals.find((one) => one.name === name)
      if (!found) throw new Error(`there is no hospital "${name}"`)
      await send('patchHospital', { params: { id: found.id }, body: { diversion } })
    },
    async tick(): Promise<void> {
      if (diverted && clock() >= diverted.until) await reopen()
      for (const { id } of hospitals) {
        const params = { id }
        const { status, body } = await send('readHospital', { params })
        if (status !== 200) continue
        const now = body as ShownHospital
        const called = diverted || now.diversion !== 'OPEN' ? undefined : drawDiversion(random)
        if (called) diverted = { hospital_id: id, until: clock() + called.minutes * 60_000 }
        const change = driftBeds(random, now, usual.get(id) ?? now.available_beds)
        await send('patchHospital', { params, body: { ...change, diversion: called?.diversion } })
      }
    },
  }
}
