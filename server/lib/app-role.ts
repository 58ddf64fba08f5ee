import pg from 'pg'

/** The role the server works as where it can choose: it may add to the history and not change it. */
export const appRole = 'toneout_app'

/** Tables whose rows it only adds and reads, and what it only reads. */
const insertOnly = ['facts', 'audit_seals']
const readOnly = ['migrations', 'audit_cuts']

const isDuplicate = (error: unknown) => ['42710', '23505'].includes((error as { code?: string }).code ?? '')

/** Makes the role unless it is there, and gives it this password; as a superuser. */
export async function makeAppRole(connection: pg.ClientConfig, password: string): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`CREATE ROLE ${appRole}`).catch((error) => {
      if (!isDuplicate(error)) throw error
    })
    await client.query(`ALTER ROLE ${appRole} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
  } finally {
    await client.end()
  }
}

/** Tables and sequences of the schema that are ours to give rights on, when there is somebody to give to. */
const ours = `SELECT c.relkind AS kind, string_agg(c.oid::regclass::text, ', ') AS names
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S')
    AND pg_has_role(current_user, c.relowner, 'USAGE') AND current_user <> $1
    AND EXISTS (SELECT FROM pg_roles WHERE rolname = $1)
  GROUP BY c.relkind`

/** Gives the role, where there is one, what the server needs of the tables as they are now. */
export async function grantToAppRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ kind: string; names: string }>(ours, [appRole])
  if (rows.length === 0) return
  const named = (kinds: string) => rows.flatMap(({ kind, names }) => (kinds.includes(kind) ? [names] : []))
  const [tables, sequences] = [named('rp').join(', '), named('S').join(', ')]
  const grants = [
    `GRANT USAGE ON SCHEMA public TO ${appRole}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${tables} TO ${appRole}`,
    `REVOKE UPDATE, DELETE ON ${insertOnly.join(', ')} FROM ${appRole}`,
    `REVOKE INSERT, UPDATE, DELETE ON ${readOnly.join(', ')} FROM ${appRole}`,
    `GRANT EXECUTE ON FUNCTION cut_audit TO ${appRole}`,
    ...(sequences === '' ? [] : [`GRANT USAGE ON ${sequences} TO ${appRole}`]),
  ]
  // In one transaction: there is no moment at which the role may change the history.
  await client.query(['BEGIN', ...grants, 'COMMIT'].join('; '))
}

/** Whether this role could change the history after all: it owns it, will own it, or may do anything. */
export async function mayChangeHistory(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT coalesce((SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class
      WHERE oid = to_regclass('public.facts')), true) AS may`,
  )
  return rows[0]?.may ?? true
}
