import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { City } from './build-city.ts'

/** The city in the form that the import of streets reads: a line for each segment and each place. */
export function streetLines({ segments, places }: City): string {
  const lines = [
    ...segments.map((one) => JSON.stringify(one)),
    ...places.map((place) => JSON.stringify({ place })),
  ]
  return `${lines.join('\n')}\n`
}

/** Writes a `.streets.ndjson.gz` whole or not at all. */
export function writeStreets(city: City, file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, gzipSync(streetLines(city)))
  renameSync(`${file}.part`, file)
}
