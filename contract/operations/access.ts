import { z } from 'zod'
import { oneRow } from '../model/field.ts'
import * as model from '../model/person.ts'
import { operation } from '../operation.ts'
import { personRoles } from '../roles.ts'

const body = ['invalid', 'body_too_large', 'unsupported_media_type'] as const
const way = [...body, 'not_authenticated'] as const
/** The way of somebody who comes in. */
const stranger = { method: 'POST', group: 'Access', who: 'anyone', counted: 'sign_in' } as const
const enters = { ...stranger, refusals: [...way, 'second_factor_required'] } as const
/** The way of somebody who is in. */
const own = { group: 'Access', who: personRoles, own: personRoles } as const
const within = [...way, 'forbidden'] as const

export const createToken = operation({
  ...enters,
  path: '/api/token/',
  summary: 'Exchange username and password for an access and a refresh token',
  description: 'With a second factor also `code`, of the app or a recovery code.',
  body: model.credentials,
  form: true,
  replies: { 200: z.object({ access: z.string(), refresh: z.string() }) },
})

export const refreshToken = operation({
  ...stranger,
  path: '/api/token/refresh/',
  summary: 'Exchange a refresh token for a new access token',
  body: model.refreshBody,
  form: true,
  replies: { 200: z.object({ access: z.string() }) },
  refusals: way,
})

export const signIn = operation({
  ...enters,
  path: '/api/auth/sign-in/',
  summary: 'Sign a person in; sets the session cookie',
  description:
    'With a second factor also `code`, of the app or a recovery code: without one the right password is ' +
    'answered by 401 second_factor_required.',
  body: model.credentials.strict(),
  replies: { 200: model.me },
  refusals: [...enters.refusals, 'forbidden'],
})

export const signOut = operation({
  method: 'POST',
  path: '/api/auth/sign-out/',
  group: 'Access',
  summary: 'End this session',
  who: 'anyone',
  replies: { 204: null },
  refusals: ['forbidden'],
})

export const signOutEverywhere = operation({
  ...own,
  method: 'POST',
  path: '/api/auth/sign-out-everywhere/',
  summary: 'End all own sessions and tokens, this one too',
  replies: { 204: null },
  refusals: ['not_authenticated', 'forbidden'],
})

export const listOwnSessions = operation({
  ...own,
  method: 'GET',
  path: '/api/auth/sessions/',
  summary: 'List own signed-in browsers, at most 20',
  replies: { 200: model.ownSessions },
  refusals: ['not_authenticated', 'forbidden'],
})

export const endOwnSession = operation({
  ...own,
  method: 'DELETE',
  path: '/api/auth/sessions/{id}/',
  summary: 'Sign one of the own browsers out',
  params: oneRow,
  replies: { 204: null },
  refusals: ['invalid', 'not_authenticated', 'forbidden', 'not_found'],
})

export const changeOwnPassword = operation({
  ...own,
  method: 'POST',
  path: '/api/auth/password/',
  summary: 'Change the own password',
  description: 'Ends all other sessions and all tokens, also the token that asks.',
  body: model.passwordChange,
  replies: { 204: null },
  refusals: within,
})

export const beginSecondFactor = operation({
  ...own,
  method: 'POST',
  path: '/api/auth/totp/',
  summary: 'Begin to set up an authenticator app (TOTP)',
  description: 'It counts from the first right code on. Beginning again gives another secret.',
  body: model.passwordProof,
  replies: { 200: model.newSecondFactor },
  refusals: [...within, 'second_factor_exists'],
})

export const confirmSecondFactor = operation({
  ...own,
  method: 'POST',
  path: '/api/auth/totp/confirm/',
  summary: 'Set up the authenticator app by its first code; gives ten recovery codes, shown once',
  description: 'Ends all other sessions and all tokens, also the token that asks: they began without a code.',
  body: model.codeProof,
  replies: { 200: model.recoveryCodes },
  refusals: [...within, 'second_factor_exists', 'second_factor_missing'],
})

export const replaceRecoveryCodes = operation({
  ...own,
  method: 'POST',
  path: '/api/auth/totp/recovery-codes/',
  summary: 'Get ten new recovery codes, shown once; the old ones end',
  body: model.bothProofs,
  replies: { 200: model.recoveryCodes },
  refusals: [...within, 'second_factor_missing'],
})

export const removeSecondFactor = operation({
  ...own,
  method: 'POST',
  path: '/api/auth/totp/remove/',
  summary: 'Give up the own authenticator app',
  body: model.bothProofs,
  replies: { 204: null },
  refusals: [...within, 'second_factor_missing'],
})

export const resetSecondFactor = operation({
  method: 'POST',
  path: '/api/people/{id}/totp-reset/',
  group: 'People',
  summary: 'Take away the authenticator app of somebody else, who lost it',
  description: 'Ends the sessions and tokens of the person.',
  who: ['admin'],
  params: oneRow,
  replies: { 204: null },
  refusals: [
    'invalid',
    'not_authenticated',
    'forbidden',
    'not_found',
    'own_account',
    'second_factor_missing',
  ],
})

export const readMe = operation({
  ...own,
  method: 'GET',
  path: '/api/me/',
  summary: 'Who is signed in',
  replies: { 200: model.me },
  refusals: ['not_authenticated', 'forbidden'],
})
