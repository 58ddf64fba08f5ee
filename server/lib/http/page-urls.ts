import type { FastifyRequest } from 'fastify'
import { refuseCursor } from '../cursor.ts'

/** The address of another page of the same list, as the client sees this server. */
export function pageUrl(publicUrl: string | undefined, request: FastifyRequest, cursor: string): string {
  const url = new URL(request.url.replace(/^[^/]*\/\/[^/]*/, ''), 'http://localhost')
  url.searchParams.set('cursor', cursor)
  // Without a Host that makes sense, as HTTP/1.0 allows, the path alone is right too.
  const origin = publicUrl ?? URL.parse(`${request.protocol}://${request.host}`)?.origin ?? ''
  return origin + url.pathname + url.search
}

type Ends = { next: string | null; previous: string | null }

/** The same page with addresses in place of cursors. */
export function withPageUrls<T extends Ends>(
  page: T,
  { publicUrl }: { publicUrl?: string },
  request: FastifyRequest,
): T {
  const url = (cursor: string | null) => (cursor === null ? null : pageUrl(publicUrl, request, cursor))
  return { ...page, next: url(page.next), previous: url(page.previous) }
}

/** A page as a reply; refused when there is none, as its cursor belongs elsewhere. */
export function replyPage<T extends Ends>(
  page: T | undefined,
  config: { publicUrl?: string },
  request: FastifyRequest,
  list?: Parameters<typeof refuseCursor>[0],
) {
  if (!page) return refuseCursor(list)
  return { status: 200 as const, body: withPageUrls(page, config, request) }
}
