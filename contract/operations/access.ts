import { z } from 'zod'
import { credentials, me, refreshBody } from '../model/person.ts'
import { operation } from '../operation.ts'
import { personRoles } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'body_too_large', 'unsupported_media_type'] as const

export const createToken = operation({
  method: 'POST',
  path: '/api/token/',
  group: 'Access',
  summary: 'Exchange username and password for an access and a refresh token',
  who: 'anyone',
  limitPerMinute: 30,
  body: credentials,
  form: true,
  replies: { 200: z.object({ access: z.string(), refresh: z.string() }) },
  refusals: way,
})

export const refreshToken = operation({
  method: 'POST',
  path: '/api/token/refresh/',
  group: 'Access',
  summary: 'Exchange a refresh token for a new access token',
  who: 'anyone',
  limitPerMinute: 30,
  body: refreshBody,
  form: true,
  replies: { 200: z.object({ access: z.string() }) },
  refusals: way,
})

export const signIn = operation({
  method: 'POST',
  path: '/api/auth/sign-in/',
  group: 'Access',
  summary: 'Sign a person in; sets the session cookie',
  who: 'anyone',
  limitPerMinute: 30,
  body: credentials.strict(),
  replies: { 200: me },
  refusals: [...way, 'forbidden'],
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

export const readMe = operation({
  method: 'GET',
  path: '/api/me/',
  group: 'Access',
  summary: 'Who is signed in',
  who: personRoles,
  replies: { 200: me },
  refusals: ['not_authenticated', 'forbidden'],
})
