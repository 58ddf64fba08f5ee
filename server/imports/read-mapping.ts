import { readFileSync } from 'node:fs'
import { type Mapping, mapping } from '@toneout/contract/model/import-mapping.ts'
import { z } from 'zod'

/** What is wrong with a mapping file, in a sentence for each fault. */
export class MappingFault extends Error {}

export function readMapping(path: string): Mapping {
  let found: unknown
  try {
    found = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new MappingFault(`${path} cannot be read: ${(error as Error).message}`)
  }
  const read = mapping.safeParse(found)
  if (!read.success) throw new MappingFault(`${path} is no mapping:\n${z.prettifyError(read.error)}`)
  return read.data
}
