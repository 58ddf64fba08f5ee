import type { Operation } from '@toneout/contract/operation.ts'
import { operations } from '@toneout/contract/operations/all.ts'
import { common, type RefusalCode, refusals, toldCode } from '@toneout/contract/refusals.ts'

const fromAny = [...new Set(common.map(toldCode))].map((code) => `\`${code}\``)

const cell = (text: string) => text.replaceAll('|', '\\|')

function row(id: string, operation: Operation): string {
  const cells = [
    `\`${operation.method} ${operation.path}\``,
    cell(operation.summary),
    operation.who === 'anyone' ? 'anyone' : operation.who.join(', '),
    Object.keys(operation.replies).join(', '),
    operation.refusals.join(', '),
    `\`${id}\``,
  ]
  return `| ${cells.join(' | ')} |`
}

/** docs/api.md: every operation and every refusal of the contract, in Markdown. */
export function apiPage(): string {
  const all = Object.entries(operations) as [string, Operation][]
  const groups = [...new Set(all.map(([, operation]) => operation.group))]
  const lines = [
    '# Operations',
    '',
    'Generated from the contract by `npm run generate`; do not edit it. A running server shows the same with',
    'every field at `/docs`, and as OpenAPI 3.1 at `/openapi.json`. The conventions are in',
    '[api-design.md](api-design.md).',
    '',
    ...groups.flatMap((group) => [
      `## ${group}`,
      '',
      '| Request | What it does | Who may | Replies | Refusals | Operation |',
      '|---|---|---|---|---|---|',
      ...all
        .filter(([, operation]) => operation.group === group)
        .map(([id, operation]) => row(id, operation)),
      '',
    ]),
    '## Refusals',
    '',
    `${fromAny.join(', ')} may come from any operation.`,
    '',
    '| Code | Status | Detail |',
    '|---|---|---|',
    ...(Object.keys(refusals) as RefusalCode[]).map((code) => {
      const { status, detail } = refusals[code]
      return `| \`${toldCode(code)}\` | ${status} | ${cell(detail)} |`
    }),
  ]
  return `${lines.join('\n')}\n`
}
