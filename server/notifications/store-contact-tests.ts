import type { ContactTest, ContactTestRow } from '@toneout/contract/model/contact-test.ts'
import type { Connection } from '../lib/db.ts'

type On = Pick<Connection, 'query'>

/** One after the other, so that two at once do not begin two. */
export async function lockContactTests(on: On): Promise<void> {
  await on.query('LOCK TABLE contact_tests IN SHARE ROW EXCLUSIVE MODE')
}

export async function findLastStart(on: On): Promise<string | undefined> {
  const text = 'SELECT started_at FROM contact_tests ORDER BY id DESC LIMIT 1'
  return (await on.query<{ started_at: string }>(text)).rows[0]?.started_at
}

export async function insertContactTest(on: On, at: string, by: number | null): Promise<number> {
  const text = 'INSERT INTO contact_tests (started_at, started_by) VALUES ($1, $2) RETURNING id'
  return (await on.query<{ id: number }>(text, [at, by])).rows[0]?.id as number
}

export type KeptTest = ContactTest & { fact_id: number | null }

const columns = `t.id, t.started_at, p.username AS started_by, t.fact_id,
  count(m.id) FILTER (WHERE m.state = 'WAITING') AS waiting,
  count(m.id) FILTER (WHERE m.state = 'DELIVERED') AS delivered,
  count(m.id) FILTER (WHERE m.state = 'ACKNOWLEDGED') AS acknowledged,
  count(m.id) FILTER (WHERE m.state = 'FAILED') AS failed`
const joined = `LEFT JOIN people p ON p.id = t.started_by
  LEFT JOIN messages m ON m.fact_id = t.fact_id AND m.event = 'CONTACT_TEST'`

/** The last tests, newest first. */
export async function readContactTests(on: On): Promise<KeptTest[]> {
  const text = `SELECT ${columns} FROM (SELECT * FROM contact_tests ORDER BY id DESC LIMIT 100) t ${joined}
    GROUP BY t.id, t.started_at, p.username, t.fact_id ORDER BY t.id DESC`
  return (await on.query<KeptTest>(text)).rows
}

export async function findContactTest(on: On, id: number): Promise<KeptTest | undefined> {
  const text = `SELECT ${columns} FROM contact_tests t ${joined} WHERE t.id = $1
    GROUP BY t.id, t.started_at, p.username, t.fact_id`
  return (await on.query<KeptTest>(text, [id])).rows[0]
}

type TestMessage = ContactTestRow['messages'][number] & { person_id: number }

/** The messages of a test to some people, by channel. */
export async function readTestMessages(
  on: On,
  factId: number,
  people: readonly number[],
): Promise<TestMessage[]> {
  const text = `SELECT person_id, id, channel, state, delivered_at, acknowledged_at, fault FROM messages
    WHERE fact_id = $1 AND event = 'CONTACT_TEST' AND person_id = ANY($2) ORDER BY person_id, channel`
  return (await on.query<TestMessage>(text, [factId, people])).rows
}
