declare module 'vt-pbf' {
  /** A tile as geojson-vt cuts it. */
  type CutTile = { features: readonly unknown[] }
  export function fromGeojsonVt(layers: Record<string, CutTile>, options: { version: 2 }): Uint8Array
}
