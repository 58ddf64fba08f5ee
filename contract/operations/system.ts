import { z } from 'zod'
import { operation } from '../operation.ts'

export const healthLive = operation({
  method: 'GET',
  path: '/health/live',
  group: 'System',
  summary: 'The process answers',
  who: 'anyone',
  counted: 'never',
  replies: { 200: z.object({ status: z.literal('live') }) },
  refusals: [],
})

const readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.object({ database: z.boolean(), migrations: z.boolean() }),
})

export const healthReady = operation({
  method: 'GET',
  path: '/health/ready',
  group: 'System',
  summary: 'The database takes writes and its schema is current',
  who: 'anyone',
  counted: 'never',
  replies: { 200: readiness, 503: readiness },
  refusals: [],
})

export const readMetrics = operation({
  method: 'GET',
  path: '/metrics',
  group: 'System',
  summary: 'Prometheus text',
  who: 'anyone',
  replies: { 200: z.string() },
  media: 'text/plain',
  refusals: [],
})
