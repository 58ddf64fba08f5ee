import type { Column, Schema, Table } from './read-schema.ts'

/** Types as the migrations write them; the catalogue spells some in more words. */
const shortTypes: Readonly<Record<string, string>> = {
  'timestamp with time zone': 'timestamptz',
  'double precision': 'float8',
}
const shortType = (column: Column) => shortTypes[column.type] ?? column.type

/** Text in a cell of a Markdown table. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const code = (text: string) => `\`${cell(text)}\``

function diagram({ tables }: Schema): string[] {
  const references = tables.flatMap((table) =>
    table.references.map((one) => `  ${one.table} ||--o{ ${table.name} : "${one.columns}"`),
  )
  const boxes = tables.flatMap((table) => [
    `  ${table.name} {`,
    // A type in a diagram is one word.
    ...table.columns.map((column) =>
      `    ${shortType(column).replace(/\W+/g, '_')} ${column.name} ${column.key}`.trimEnd(),
    ),
    '  }',
  ])
  return ['```mermaid', 'erDiagram', ...references, ...boxes, '```']
}

function columnRow(column: Column): string {
  const cells = [
    code(column.name),
    cell(shortType(column)),
    column.required ? 'no' : 'yes',
    column.default === null ? '' : code(column.default),
    column.key,
    cell(column.comment ?? ''),
  ]
  return `| ${cells.join(' | ')} |`
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`${title}:`, '', ...lines.map((line) => `- ${line}`), ''] : []
}

function section(table: Table): string[] {
  return [
    `## ${table.name}`,
    '',
    table.comment ?? '',
    '',
    '| Column | Type | Null | Default | Key | Meaning |',
    '|---|---|---|---|---|---|',
    ...table.columns.map(columnRow),
    '',
    ...list(
      'Foreign keys',
      table.references.map((one) => `${code(one.columns)} refers to [${one.table}](#${one.table})`),
    ),
    ...list(
      'Indexes',
      table.indexes.map((one) => code(one.definition.replace(/ ON public\./, ' ON '))),
    ),
    ...list(
      'Checks',
      table.checks.map((one) => `${code(one.name)}: ${code(one.definition)}`),
    ),
  ]
}

/** docs/database.md: the schema as the migrations leave it, in Markdown. */
export function databasePage(schema: Schema): string {
  const lines = [
    '# Database',
    '',
    'Generated from the migrated schema by `npm run generate`; do not edit it. The meanings come from',
    '`COMMENT ON` in [server/migrations](../server/migrations). Instants are `timestamptz`, coordinates',
    'WGS 84 degrees, every number of rows or seconds is `bigint`.',
    '',
    ...diagram(schema),
    '',
    ...schema.tables.flatMap(section),
    '## Functions',
    '',
    ...schema.functions.map((one) => `- ${code(one.name)}: ${one.comment ?? ''}`),
  ]
  return `${lines.join('\n')}\n`
}
