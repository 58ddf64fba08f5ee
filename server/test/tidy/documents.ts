import { posix } from 'node:path'
import { lineAt, type SourceFile } from './files.ts'

/** A heading as GitHub makes an anchor of it. */
function anchor(heading: string): string {
  const text = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '')
  return text.trim().replaceAll(' ', '-')
}

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, (code) => code.replace(/[^\n]/g, ''))

function anchors({ text }: SourceFile): Set<string> {
  const headings = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)]
  return new Set(headings.map(({ 1: heading = '' }) => anchor(heading)))
}

/** Links within the repository that lead nowhere; `paths` are all its files, `pages` its Markdown. */
export function brokenLinks(paths: readonly string[], pages: readonly SourceFile[]): string[] {
  const folders = paths.map(posix.dirname).flatMap((folder) => {
    const parts = folder.split('/')
    return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
  })
  const known = new Set([...paths, ...folders])
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const check = (page: SourceFile, link: string, line: number): string[] => {
    const [to = '', part] = link.split('#')
    const target = to === '' ? page.path : posix.join(posix.dirname(page.path), to).replace(/\/$/, '')
    if (!known.has(target)) return [`${page.path}:${line} links to ${link}, which is not there`]
    const other = byPath.get(target)
    const found = part === undefined || other === undefined || anchors(other).has(part)
    return found ? [] : [`${page.path}:${line} links to ${link}, which has no such heading`]
  }
  return pages.flatMap((page) => {
    const text = withoutCode(page.text)
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].filter(({ 1: link = '' }) => !/^[a-z]+:/.test(link))
    return links.flatMap(({ 1: link = '', index }) => check(page, link, lineAt(text, index)))
  })
}

/** Variables that config.ts reads and the page does not tell of, or the other way round. */
export function undocumentedVariables(config: SourceFile, page: SourceFile): string[] {
  const read = new Set([...config.text.matchAll(/'([A-Z][A-Z_]{3,})'/g)].map(({ 1: name = '' }) => name))
  const table = page.text.split('\n## Configuration\n')[1]?.split('\n## ')[0] ?? ''
  const rows = table.split('\n').map((line) => line.split('|')[1] ?? '')
  const told = new Set(
    rows.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(({ 1: name = '' }) => name)),
  )
  return [
    ...[...read.difference(told)].map((name) => `${page.path} does not tell of ${name}`),
    ...[...told.difference(read)].map(
      (name) => `${page.path} tells of ${name}, which ${config.path} does not read`,
    ),
  ]
}
