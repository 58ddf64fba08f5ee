import { z } from 'zod'
import { assignment } from './assignment.ts'
import { call } from './call.ts'
import { moreColumns } from './call-list.ts'
import { emsTimeNames } from './ems-times.ts'
import { incident } from './incident.ts'
import { isBlank, lowerCase } from './text.ts'
import { unit } from './unit.ts'

export const exportFormats = ['csv', 'ndjson', 'json', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Lists that can be exported. */
export const exported = ['calls', 'incidents', 'assignments', 'units', 'ems_times'] as const
export type Exported = (typeof exported)[number]

type Names = [string, ...string[]]

/** Columns of a file of calls that names none: those of a call itself. */
export const ownColumns: readonly string[] = Object.keys(call.shape)

/** Columns of each export, in the order in which they stand. */
export const exportColumns = {
  calls: [...Object.keys(call.shape), ...moreColumns] as Names,
  incidents: Object.keys(incident.shape) as Names,
  assignments: Object.keys(assignment.shape) as Names,
  units: Object.keys(unit.shape) as Names,
  ems_times: ['incident_number', 'unit_number', 'status', ...emsTimeNames] as Names,
} as const satisfies Record<Exported, Names>

/** Required: an address that is only looked at exports nothing. */
const format = z.preprocess(
  lowerCase,
  z
    .enum(exportFormats, { error: `Must be one of ${exportFormats.join(', ')}.` })
    .meta({ description: 'Any letter case.' }),
)

/** Names of columns with commas between them, each once and in the order given; nothing is undefined. */
function optionalColumns<const T extends readonly [string, ...string[]]>(names: T) {
  const read = (value: unknown) => {
    if (isBlank(value)) return undefined
    if (typeof value !== 'string') return value
    const said = value.split(',').map((name) => name.trim().toLowerCase())
    return [...new Set(said.filter((name) => name !== ''))]
  }
  const error = `Must be one or several of ${names.join(', ')}, with commas between them.`
  const list = z.array(z.enum(names, { error }), { error }).min(1, { error })
  return z.preprocess(
    read,
    list.meta({ description: 'With commas between them; all without it.' }).optional(),
  )
}

/** What an export has in its query beside the filters and the ordering of its list. */
export function exportWay<const T extends readonly [string, ...string[]]>(names: T) {
  return { format, columns: optionalColumns(names) }
}
