import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { Dispatcher, DispatcherQuery } from '@toneout/contract/model/dispatcher-profile.ts'
import type { Paramedic, ParamedicQuery } from '@toneout/contract/model/paramedic.ts'
import type { Person, PersonQuery } from '@toneout/contract/model/people.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { type Connection, type Database, listOf, sql } from '../lib/db.ts'
import { anywhere, type Page, readKeysetPage } from '../lib/keyset-page.ts'
import { localDay } from '../lib/local-day.ts'
import { isLicenceValid, type Kind, profileRoles, shownTo } from './rules.ts'

const personColumns = `p.id, p.username, p.role, p.active, p.hospital_id, p.created_at,
  EXISTS (SELECT FROM second_factors f
  WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL) AS second_factor`

export async function findPerson(on: Pick<Connection, 'query'>, id: number): Promise<Person | undefined> {
  const text = `SELECT ${personColumns} FROM people p WHERE p.id = $1`
  return (await on.query<Person>({ name: 'find-person', text, values: [id] })).rows[0]
}

/** A page of people by username; undefined when the cursor is not one of this list's. */
export function readPeople(db: Database, query: PersonQuery): Promise<Page<Person> | undefined> {
  const all = [sql`true`]
  if (query.role) all.push(sql`p.role = ${query.role}`)
  if (query.active !== undefined) all.push(sql`p.active = ${query.active}`)
  if (query.search) all.push(sql`p.username ILIKE ${anywhere(query.search)}`)
  const list = {
    name: 'people',
    columns: personColumns,
    from: 'people p',
    where: sql.join(all, sql` AND `),
    key: 'username',
    keyColumn: 'p.username',
  } as const
  return readKeysetPage<Person, 'username'>(db, list, query)
}

const isActive = (kind: Kind) => `(p.active AND p.role IN ${listOf(profileRoles[kind])})`
const common = `o.person_id, p.username, o.employee_id, o.full_name, o.certifications, o.shift,
  o.experience_years, o.emergency_contact, o.updated_at`

const columns = {
  paramedic: `${common}, ${isActive('paramedic')} AS active, o.license_number, o.license_expiry::text,
    o.specialties, o.unit_id, o.available, a.id AS assignment_id`,
  dispatcher: `${common}, ${isActive('dispatcher')} AS active, p.role`,
} as const

const from = {
  paramedic: `paramedics o JOIN people p ON p.id = o.person_id LEFT JOIN assignments a
    ON a.paramedic_id = o.person_id AND a.status NOT IN ${listOf(endedAssignments)}`,
  dispatcher: 'dispatchers o JOIN people p ON p.id = o.person_id',
} as const

export type Shown = { paramedic: Paramedic; dispatcher: Dispatcher }
/** As the statements give it: whether a licence is good depends on the day. */
type Row<K extends Kind> = Omit<Shown[K], 'licence_valid'>

function withLicence<K extends Kind>(row: Row<K>, today: string): Shown[K] {
  if (!('license_expiry' in row)) return row as Shown[K]
  const licence_valid = isLicenceValid(row.license_expiry as string | null, today)
  return { ...row, licence_valid } as unknown as Shown[K]
}

/** The whole profile as it is at this moment; inside a transaction as that transaction sees it. */
export async function findProfile<K extends Kind>(
  on: Pick<Connection, 'query'>,
  kind: K,
  id: number,
  now: Date,
): Promise<Shown[K] | undefined> {
  const text = `SELECT ${columns[kind]} FROM ${from[kind]} WHERE o.person_id = $1`
  const row = (await on.query<Row<K>>({ name: `find-${kind}`, text, values: [id] })).rows[0]
  return row && withLicence<K>(row, localDay(now))
}

/** Who reads, and when: what is shown depends on both. */
type View = { role: Role; now: Date }

/** A profile as somebody of this role may see it. */
export async function readProfile<K extends Kind>(db: Database, kind: K, id: number, { role, now }: View) {
  const found = await findProfile(db.pool, kind, id, now)
  return found && shownTo<Shown[K]>(role, found)
}

function paramedicConditions({ unit_id, available, licence }: ParamedicQuery, today: string) {
  const all = []
  if (unit_id !== undefined) all.push(sql`o.unit_id = ${unit_id}`)
  if (available !== undefined) all.push(sql`o.available = ${available}`)
  const valid = sql`(o.license_expiry IS NOT NULL AND o.license_expiry >= ${today}::date)`
  if (licence) all.push(licence === 'VALID' ? valid : sql`NOT ${valid}`)
  return all
}

async function readProfiles<K extends Kind>(
  db: Database,
  kind: K,
  query: DispatcherQuery,
  { role, now, also }: View & { also: ReturnType<typeof paramedicConditions> },
): Promise<Page<Shown[K]> | undefined> {
  const all = [sql`true`, ...also]
  if (query.person_id !== undefined) all.push(sql`o.person_id = ${query.person_id}`)
  if (query.active !== undefined) all.push(sql`${sql.raw(isActive(kind))} = ${query.active}`)
  if (query.search) {
    const found = anywhere(query.search)
    const number = kind === 'paramedic' ? sql`OR o.license_number ILIKE ${found}` : sql``
    all.push(sql`(o.full_name ILIKE ${found} OR o.employee_id ILIKE ${found} ${number})`)
  }
  const list = {
    name: `${kind}s`,
    columns: columns[kind],
    from: from[kind],
    where: sql.join(all, sql` AND `),
    key: 'employee_id',
    keyColumn: 'o.employee_id',
  } as const
  const page = await readKeysetPage<Row<K> & { employee_id: string }, 'employee_id'>(db, list, query)
  if (!page) return undefined
  const today = localDay(now)
  return { ...page, results: page.results.map((row) => shownTo(role, withLicence<K>(row, today))) }
}

/** A page of paramedics by number of the employee; undefined when the cursor is not one of this list's. */
export function readParamedics(db: Database, query: ParamedicQuery, view: View) {
  const also = paramedicConditions(query, localDay(view.now))
  return readProfiles(db, 'paramedic', query, { ...view, also })
}

/** A page of dispatchers by number of the employee; undefined when the cursor is not one of this list's. */
export function readDispatchers(db: Database, query: DispatcherQuery, view: View) {
  return readProfiles(db, 'dispatcher', query, { ...view, also: [] })
}
