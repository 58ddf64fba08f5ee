import { z } from 'zod'
import { contactTest, contactTestQuery, contactTestRow } from '../model/contact-test.ts'
import { oneRow, pageOf } from '../model/field.ts'
import { operation } from '../operation.ts'
import { keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const group = 'Notifications'

export const startContactTest = operation({
  group,
  method: 'POST',
  path: '/api/contact-tests/',
  summary: 'Send a test to everybody on duty by every channel they have',
  description:
    'As the setting `contact_test` does by itself every so many days. Whoever is off duty is not told. ' +
    '409 when the last one began less than 10 minutes ago.',
  who: keepers,
  replies: { 201: contactTest },
  refusals: [...way, 'too_early'],
})

export const listContactTests = operation({
  group,
  method: 'GET',
  path: '/api/contact-tests/',
  summary: 'List the last 100 contact tests, newest first',
  who: keepers,
  replies: { 200: z.object({ results: z.array(contactTest) }) },
  refusals: way,
})

export const readContactTest = operation({
  group,
  method: 'GET',
  path: '/api/contact-tests/{id}/',
  summary: 'Read the report of a contact test: people by username, with what became of their messages',
  description: 'Everybody who has an account in use. Follow `next` for more.',
  who: keepers,
  params: oneRow,
  query: contactTestQuery,
  replies: { 200: pageOf(contactTestRow) },
  refusals: [...way, 'not_found'],
})
