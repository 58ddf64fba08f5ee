import type { ContactTestRow } from '@toneout/contract/model/contact-test.ts'
import { type Database, listOf, sql } from '../lib/db.ts'
import { type Page, readKeysetPage } from '../lib/keyset-page.ts'
import { testedRoles } from './rules-people.ts'
import { type KeptTest, readTestMessages } from './store-contact-tests.ts'

type Asked = { cursor?: string; page_size: number }

/** A page of a test's report, people by username; undefined when the cursor is not one of this list's. */
export async function readReport(
  db: Database,
  { id, fact_id, started_at }: KeptTest,
  asked: Asked,
): Promise<Page<ContactTestRow> | undefined> {
  const list = {
    name: `contact-test-${id}`,
    columns: 'p.id AS person_id, p.username, p.role',
    from: 'people p',
    where: sql`p.active AND p.created_at <= ${started_at} AND p.role IN ${sql.raw(listOf(testedRoles))}`,
    key: 'username',
    keyColumn: 'p.username',
  } as const
  const page = await readKeysetPage<Omit<ContactTestRow, 'messages'>, 'username'>(db, list, asked)
  if (!page) return undefined
  const people = page.results.map(({ person_id }) => person_id)
  const messages = fact_id === null ? [] : await readTestMessages(db.pool, fact_id, people)
  const of = (person: number) =>
    messages.flatMap(({ person_id, ...one }) => (person_id === person ? [one] : []))
  return { ...page, results: page.results.map((one) => ({ ...one, messages: of(one.person_id) })) }
}
