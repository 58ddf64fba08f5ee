import { z } from 'zod'
import { baseMap, oneTile, versioned } from '../model/base-map.ts'
import { operation } from '../operation.ts'
import { boardReaders } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const shared = { method: 'GET', group: 'Places', who: boardReaders } as const
const bytes = (description: string) => z.custom<Uint8Array>().meta({ description })

export const readBaseMap = operation({
  ...shared,
  path: '/api/map/',
  summary: 'Read what maps are drawn on',
  description:
    'Tiles that were configured, the streets of the road graph, or nothing. What is drawn must name the ' +
    '`attribution`.',
  replies: { 200: baseMap },
  refusals: way,
})

export const readMapTile = operation({
  ...shared,
  path: '/api/map/tiles/{z}/{x}/{y}/',
  summary: 'Read a tile of the configured archive',
  description: 'A vector tile or a picture, as the archive holds it; 204 where it holds none.',
  params: oneTile,
  query: versioned,
  replies: { 200: bytes('The tile.'), 204: null },
  media: 'application/octet-stream',
  refusals: [...way, 'not_found'],
})

export const readStreetMap = operation({
  ...shared,
  path: '/api/map/streets/',
  summary: 'Read the streets as one document of GeoJSON',
  description: 'With an ETag. 404 while there is no road graph, or when it is large and cut into tiles.',
  query: versioned,
  replies: { 200: bytes('GeoJSON: lines with `name` and `class`, and points of districts.'), 304: null },
  media: 'application/octet-stream',
  refusals: [...way, 'not_found', 'unavailable'],
})

export const readStreetTile = operation({
  ...shared,
  path: '/api/map/streets/{z}/{x}/{y}/',
  summary: 'Read the streets of a tile',
  description: 'A vector tile with the layers `roads` and `districts`; 204 where there is no street.',
  params: oneTile,
  query: versioned,
  replies: { 200: bytes('The tile.'), 204: null },
  media: 'application/octet-stream',
  refusals: [...way, 'not_found', 'unavailable'],
})

export const readMapAreas = operation({
  ...shared,
  path: '/api/map/areas/',
  summary: 'Read polygons of water and parks as GeoJSON',
  description: 'With an ETag. 404 when the data folder holds none.',
  query: versioned,
  replies: { 200: bytes('GeoJSON: polygons with `kind`, WATER or PARK.'), 304: null },
  media: 'application/octet-stream',
  refusals: [...way, 'not_found'],
})
