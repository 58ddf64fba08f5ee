import { z } from 'zod'
import { personRoles } from '../roles.ts'
import { rowId } from './text.ts'

/** The person who is signed in. */
export const me = z.object({ id: rowId, username: z.string(), role: z.enum(personRoles) }).meta({ id: 'Me' })
export type Me = z.output<typeof me>

const plain = (max: number) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? 'This field is required.' : 'Must be text.') })
    .min(1, 'This field is required.')
    .max(max, `Must be at most ${max} characters.`)

/** As programs send them: unknown keys are ignored. */
export const credentials = z
  .object({ username: plain(150), password: plain(1_024) })
  .meta({ id: 'Credentials' })
export type Credentials = z.output<typeof credentials>

export const refreshBody = z.object({ refresh: plain(4_096) }).meta({ id: 'RefreshBody' })
