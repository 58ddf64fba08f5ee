import { writeFileSync } from 'node:fs'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import { importHistory } from '../../imports/import-history.ts'
import { knownMappings } from '../../imports/known-mappings.ts'
import type { TestServer } from './test-server.ts'

const columns = [
  ...['RowID', 'Call Number', 'Unit ID', 'Unit Type', 'Call Type', 'Final Priority'],
  ...['Call Final Disposition', 'Address', 'City', 'Location', 'Received DtTm', 'Dispatch DtTm'],
  ...['Response DtTm', 'On Scene DtTm', 'Transport DtTm', 'Hospital DtTm', 'Available DtTm'],
]

/** Imports a file with one run that is right, and one whose time nobody can read. */
export async function bringRuns(server: TestServer, path: string): Promise<void> {
  const clock = ['01:00:00', '01:01:00', '01:02:00', '01:09:00', '01:20:00', '01:30:00', '01:50:00']
  const stamps = clock.map((time) => `07/04/2016 ${time} AM`)
  const what = ['M1', 'MEDIC', 'Medical Incident', '3', 'Code 2 Transport', '1 HARBOUR ST', 'Seatown']
  const good = ['1-M1', '1', ...what, '"(37.75, -122.45)"', ...stamps]
  const bad = ['2-M1', '2', ...what, '"(37.75, -122.45)"', 'yesterday', ...stamps.slice(1)]
  writeFileSync(path, `${[columns, good, bad].map((row) => row.join(',')).join('\n')}\n`)
  await importHistory(server.ctx, { path, mapping: knownMappings['sf-fire'] as Mapping, isDryRun: false })
}
