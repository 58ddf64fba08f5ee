import type { OneTile } from '@toneout/contract/model/base-map.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import type { ServedMap } from './base-map.ts'
import { unpack } from './packed.ts'
import { isTile, vectorTileType } from './rules.ts'

type Ids = 'readBaseMap' | 'readMapTile' | 'readStreetMap' | 'readStreetTile' | 'readMapAreas'

const noTile = refuse('not_found', { detail: 'There is no such tile.' })
const notServed = refuse('not_found', { detail: 'This is not what maps are drawn on here.' })
const tooMany = refuse('unavailable', { detail: 'Too many tiles are asked for at once.' })

const takesGzip = ({ headers }: FastifyRequest) => /\bgzip\b/.test(headers['accept-encoding'] ?? '')

/** The bytes as they are to leave: packed for whoever can unpack them. */
async function pack(bytes: Uint8Array, { request, reply }: Exchange): Promise<Buffer> {
  reply.header('vary', 'accept-encoding')
  const { bytes: sent, gzipped } = await unpack(bytes, takesGzip(request))
  if (gzipped) reply.header('content-encoding', 'gzip')
  return sent
}

/** A browser may keep it: its address changes with what it holds, or it is asked for again with its ETag. */
function keep(reply: FastifyReply, version: string | undefined): void {
  reply.header('cache-control', version === undefined ? 'private, max-age=3600' : 'private, max-age=604800')
}

/** One document with its version as ETag; 304 for whoever has it. */
async function whole(bytes: Uint8Array, version: string, exchange: Exchange) {
  const { request, reply } = exchange
  const etag = `"${version}"`
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  if (request.headers['if-none-match'] === etag) return { status: 304 as const, body: undefined }
  reply.header('content-type', 'application/geo+json')
  return { status: 200 as const, body: await pack(bytes, exchange) }
}

async function tile(bytes: Uint8Array | null | undefined, type: string, version: string, exchange: Exchange) {
  keep(exchange.reply, version === '' ? undefined : version)
  if (!bytes) return { status: 204 as const, body: undefined }
  exchange.reply.header('content-type', type)
  return { status: 200 as const, body: await pack(bytes, exchange) }
}

const lies = (params: OneTile, { min_zoom, max_zoom }: { min_zoom: number; max_zoom: number }) =>
  isTile(params) && params.z >= min_zoom && params.z <= max_zoom

/** What maps are drawn on. */
export function mapRoutes(map: ServedMap): SomeHandlers<Ids> {
  return {
    readBaseMap: async () => ({ status: 200, body: await map.describe() }),
    readMapTile: async ({ params }, exchange) => {
      const archive = await map.archive()
      if (!archive) return notServed
      if (!lies(params, archive.source)) return noTile
      return tile(await archive.tile(params.z, params.x, params.y), archive.contentType, '', exchange)
    },
    readStreetMap: async (_, exchange) => {
      const streets = await map.streets.current()
      return streets?.whole ? whole(streets.whole, streets.version, exchange) : notServed
    },
    readStreetTile: async ({ params }, exchange) => {
      const streets = await map.streets.current()
      if (!streets || streets.whole) return notServed
      if (!isTile(params)) return noTile
      const made = await streets.tile(params.z, params.x, params.y)
      return made === undefined ? tooMany : tile(made, vectorTileType, streets.version, exchange)
    },
    readMapAreas: async (_, exchange) => {
      const areas = await map.areas()
      return areas ? whole(areas.gzipped, areas.version, exchange) : notServed
    },
  }
}
