import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { fieldErrors } from '../lib/http/answer.ts'
import type { Limits } from '../lib/limits-of-callers.ts'
import type { PhoneEvent } from './rules.ts'
import { createSignatureCheck, tokenOf } from './signature.ts'
import { NotKept, type Telephony } from './telephony.ts'

type Params = Record<string, string>
export type Parts = { telephony: Telephony; limits: Pick<Limits, 'stranger'> }
type Told = PhoneEvent | 'unreadable' | undefined
/** What of zod's schemas is needed here. */
type Schema<T> = { safeParse: (params: Params) => Parsed<T> }
type Parsed<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: Parameters<typeof fieldErrors>[0] } }

/** Checks who asks, reads what it tells and gives it away. */
export function createHearing(ctx: Context, { telephony, limits }: Parts) {
  const refuseUnsigned = createSignatureCheck(ctx)

  return async <T>(
    request: FastifyRequest,
    params: Params,
    schema: Schema<T>,
    read: (body: T, now: string) => Told,
  ): Promise<Refusal | { status: 204; body: undefined }> => {
    const unsigned = refuseUnsigned(request, params)
    if (unsigned) return limits.stranger(request.ip) ?? unsigned
    const parsed = schema.safeParse(params)
    if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error.issues) })
    const event = read(parsed.data, ctx.now().toISOString())
    if (event === 'unreadable') return refuse('invalid', { detail: 'The callback lacks what it tells of.' })
    try {
      if (event) await telephony.accept(event, tokenOf(request))
    } catch (error) {
      if (error instanceof NotKept) return refuse('unavailable')
      throw error
    }
    return { status: 204, body: undefined }
  }
}
