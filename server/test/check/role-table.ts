import type { Operation } from '@toneout/contract/operation.ts'
import { operations } from '@toneout/contract/operations/all.ts'
import { keyRoles, personRoles, type Role } from '@toneout/contract/roles.ts'

const [begin, end] = ['<!-- roles: written by npm run generate -->', '<!-- end of roles -->']

/** Each role once: a key and a person may both be an AI dispatcher. */
const roles: readonly Role[] = [...new Set<Role>([...personRoles, ...keyRoles])]

function mark({ who, own }: Operation, role: Role): string {
  if (who !== 'anyone' && !who.includes(role)) return ''
  return own?.includes(role) ? 'own' : 'yes'
}

function row(operation: Operation): string {
  const { method, path, summary } = operation
  return `| ${summary} | \`${method} ${path}\` | ${roles.map((role) => mark(operation, role)).join(' | ')} |`
}

/** Operation x role in Markdown, group by group. */
export function roleTable(): string {
  const all = Object.values(operations) as Operation[]
  const asked = all.filter(({ who }) => who !== 'anyone')
  const groups = [...new Set(asked.map(({ group }) => group))]
  const head = `| | Request | ${roles.map((role) => role.replaceAll('_', ' ')).join(' | ')} |`
  const line = `|---|---|${roles.map(() => ':-:|').join('')}`
  const tables = groups.flatMap((group) => [
    `### ${group}`,
    '',
    head,
    line,
    ...asked.filter((one) => one.group === group).map(row),
    '',
  ])
  const open = all.filter(({ who }) => who === 'anyone').map(({ method, path }) => `\`${method} ${path}\``)
  return [...tables, `Anyone, without a credential: ${open.join(', ')}.`].join('\n')
}

/** The page with the table as it is now between its two marks. */
export function withRoleTable(page: string): string {
  const [before, rest = ''] = page.split(begin)
  const after = rest.split(end)[1]
  if (after === undefined) throw new Error('the page has no place for the table of roles')
  return `${before}${begin}\n\n${roleTable()}\n\n${end}${after}`
}
