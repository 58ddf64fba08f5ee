import { randomBytes } from 'node:crypto'
import pg from 'pg'

/**
 * The PostgreSQL of this test run, started and migrated once by test/run.ts, which leaves its address in the
 * environment. A test file alone (`node --test file`) is told how to run.
 */
function maintenanceUrl(): string {
  const url = process.env.TONEOUT_TEST_CLUSTER
  if (!url) throw new Error('run tests with: npm test -- <file>')
  return url
}

export type TestDatabase = {
  connection: pg.ClientConfig
  url: string
  name: string
  drop: () => Promise<void>
}

async function asOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl() })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** A database of its own, cloned from the migrated template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  // Copying a template needs it to be free; another file's copy may hold it for a moment.
  for (let attempt = 1; ; attempt += 1) {
    try {
      await asOwner(
        async (client) => void (await client.query(`CREATE DATABASE ${name} TEMPLATE toneout_template`)),
      )
      break
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  // A socket's URL has an empty host after the password, which `URL` does not read.
  const url = maintenanceUrl().replace('/postgres?', `/${name}?`)
  return {
    name,
    url,
    connection: { connectionString: url },
    drop: () =>
      asOwner(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  }
}
