import pg from 'pg'

export type Column = {
  name: string
  type: string
  required: boolean
  /** SQL of the default, or how the identity is made. */
  default: string | null
  comment: string | null
  key: string
}
export type Index = { name: string; definition: string }
export type Constraint = { name: string; definition: string }
export type Reference = { columns: string; table: string; constraint: string }
export type Table = {
  name: string
  comment: string | null
  columns: Column[]
  indexes: Index[]
  checks: Constraint[]
  references: Reference[]
}
export type SqlFunction = { name: string; comment: string | null }
export type Schema = { tables: Table[]; functions: SqlFunction[] }

/** Tables in the order the migrations make them, which is the order of the flow. */
const tables = `
SELECT t.relname AS name, obj_description(t.oid, 'pg_class') AS comment,
  (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'required', a.attnotnull, 'comment', col_description(t.oid, a.attnum),
      'default', CASE a.attidentity WHEN 'a' THEN 'identity, always' WHEN 'd' THEN 'identity'
        ELSE pg_get_expr(d.adbin, d.adrelid) END,
      'key', concat_ws(', ',
        (SELECT 'PK' FROM pg_constraint k
          WHERE k.conrelid = t.oid AND k.contype = 'p' AND a.attnum = ANY(k.conkey)),
        (SELECT 'FK' FROM pg_constraint k
          WHERE k.conrelid = t.oid AND k.contype = 'f' AND a.attnum = ANY(k.conkey) LIMIT 1),
        (SELECT 'UK' FROM pg_constraint k
          WHERE k.conrelid = t.oid AND k.contype = 'u' AND k.conkey = ARRAY[a.attnum])))
      ORDER BY a.attnum)
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT coalesce(json_agg(json_build_object('name', i.relname, 'definition', pg_get_indexdef(i.oid))
      ORDER BY x.indisprimary DESC, i.relname), '[]')
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = t.oid) AS indexes,
  (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid))
      ORDER BY k.conname), '[]')
    FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'c') AS checks,
  (SELECT coalesce(json_agg(json_build_object('constraint', k.conname, 'table', f.relname, 'columns',
      (SELECT string_agg(a.attname, ', ' ORDER BY array_position(k.conkey, a.attnum)) FROM pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum = ANY(k.conkey))) ORDER BY k.conname), '[]')
    FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
    WHERE k.conrelid = t.oid AND k.contype = 'f') AS references
FROM pg_class t
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition
ORDER BY t.oid`

const functions = `
SELECT p.oid::regprocedure::text AS name, obj_description(p.oid, 'pg_proc') AS comment
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace ORDER BY p.oid`

/** What the catalogue of a migrated database says of its tables and functions. */
export async function readSchema(connection: pg.ClientConfig): Promise<Schema> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const found = await client.query<Table>(tables)
    return { tables: found.rows, functions: (await client.query<SqlFunction>(functions)).rows }
  } finally {
    await client.end()
  }
}

/** What the schema does not explain, by name. */
export function missingComments(schema: Schema): string[] {
  const said = (comment: string | null) => comment !== null && comment.trim() !== ''
  const missing = (kind: string, name: string) =>
    `${kind} ${name} has no comment: COMMENT ON ${kind.toUpperCase()}`
  return [
    ...schema.tables.flatMap((table) => [
      ...(said(table.comment) ? [] : [missing('table', table.name)]),
      ...table.columns
        .filter((column) => !said(column.comment))
        .map((column) => missing('column', `${table.name}.${column.name}`)),
    ]),
    ...schema.functions.filter(({ comment }) => !said(comment)).map(({ name }) => missing('function', name)),
  ]
}
