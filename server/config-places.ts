type Reader = {
  text: (variable: string) => string | undefined
  fault: (variable: string, problem: string) => undefined
  url: (variable: string, protocols: readonly string[]) => URL | undefined
}

/** What maps are drawn on; faults are told to the reader. */
export function readMap(reader: Reader) {
  const [mapTiles, mapAttribution] = [reader.text('MAP_TILES'), reader.text('MAP_ATTRIBUTION')]
  const isUrl = /^https?:\/\//i.test(mapTiles ?? '')
  if (mapTiles && !isUrl && !/\.(mbtiles|pmtiles)$/i.test(mapTiles)) {
    reader.fault('MAP_TILES', 'must be a file .mbtiles or .pmtiles, or a URL that begins with https://')
  }
  if (isUrl && !URL.canParse(mapTiles ?? '')) reader.fault('MAP_TILES', 'must be a URL')
  if (isUrl && !mapAttribution) {
    reader.fault('MAP_ATTRIBUTION', 'is required with a URL in MAP_TILES: maps name their source')
  }
  return { mapTiles, mapAttribution }
}

export const routers = ['osrm', 'valhalla'] as const
export const geocoders = ['photon', 'nominatim', 'pelias'] as const

/** A service beside the server: its URL and, since they do not tell it themselves, of which kind it is. */
export function readOutside<const K extends string>(
  reader: Reader,
  names: [string, string],
  kinds: readonly K[],
) {
  const [url, said] = [reader.url(names[0], ['https:', 'http:'])?.href, reader.text(names[1])]
  const kind = kinds.find((one) => one === said?.toLowerCase())
  if ((url || said) && !kind) return reader.fault(names[1], `must be one of ${kinds.join(', ')}`)
  return url && kind ? { url, kind } : undefined
}
