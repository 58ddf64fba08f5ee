import { createHash, randomBytes } from 'node:crypto'
import type { Console } from './desk-page.ts'
import { takeKeys } from './desk-page.ts'
import type { Scene } from './stage.ts'
import { pause } from './stream-parts.ts'

const movesPerSecond = 500
const seconds = 60
/** Ten times a second, as gateways send them. */
const batches = 10

async function makeGateway({ sql }: Scene): Promise<string> {
  const key = `tone_moves_${randomBytes(24).toString('hex')}`
  const text = `INSERT INTO api_keys (name, key_hash, role, rate_limit_per_second, created_at)
    VALUES ('moves', $1, 'unit_gateway', 600, now())`
  await sql.query(text, [createHash('sha256').update(key).digest()])
  return key
}

async function unitIds({ sql }: Scene): Promise<number[]> {
  const text = 'SELECT id FROM units ORDER BY id LIMIT $1'
  const { rows } = await sql.query<{ id: string }>(text, [movesPerSecond])
  return rows.map(({ id }) => Number(id))
}

/** Every unit is somewhere else each second. */
function movesAt(ids: readonly number[], turn: number) {
  const at = new Date().toISOString()
  const one = (id: number, n: number) => ({
    id,
    latitude: 37.7 + (n % 25) / 200 + turn / 20_000,
    longitude: -122.45 + Math.floor(n / 25) / 200,
    at,
  })
  const first = (turn % batches) * (movesPerSecond / batches)
  return ids.map(one).slice(first, first + movesPerSecond / batches)
}

/** Milliseconds from each key to its paint while 500 units a second move for a minute. */
export async function timeKeysAmongMoves(scene: Scene, { page }: Console): Promise<number[]> {
  const headers = { 'content-type': 'application/json', 'x-api-key': await makeGateway(scene) }
  const url = `http://127.0.0.1:${scene.server.port}/api/positions/`
  const ids = await unitIds(scene)
  let isOn = true
  const move = async () => {
    const begun = performance.now()
    for (let turn = 0; isOn; turn += 1) {
      await pause(Math.max(0, begun + (turn * 1_000) / batches - performance.now()))
      const body = JSON.stringify({ positions: movesAt(ids, turn) })
      const reply = await fetch(url, { method: 'POST', headers, body })
      if (!reply.ok) throw new Error(`positions were answered with ${reply.status}`)
      await reply.arrayBuffer()
    }
  }
  const moving = move()
  const press = async () => {
    await takeKeys(page)
    const end = performance.now() + seconds * 1_000
    for (let n = 0; performance.now() < end; n += 1) {
      await page.keyboard.press(n % 12 < 6 ? 'ArrowDown' : 'ArrowUp')
      await pause(200)
    }
    return takeKeys(page)
  }
  try {
    return await Promise.race([press(), moving.then(() => [])])
  } finally {
    isOn = false
    await moving
  }
}
