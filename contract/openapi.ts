import { z } from 'zod'
import type { Operation } from './operation.ts'
import { operations } from './operations/all.ts'
import { common, type RefusalCode, refusals, toldCode } from './refusals.ts'

type Json = Record<string, unknown>

const dialect = 'draft-2020-12'

/** Collects schemas that have a name under components, and gives the schema to put in place. */
function createCollector() {
  const schemas: Record<string, Json> = {}
  const place = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const made = z.toJSONSchema(schema, { target: dialect, io, unrepresentable: 'any' }) as Json
    const { $schema: _, $defs, id: __, ...rest } = made
    for (const [name, inner] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      const { id: ___, ...definition } = inner
      schemas[name] = relocate(definition) as Json
    }
    return relocate(rest) as Json
  }
  return { schemas, place }
}

function relocate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocate)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, relocate(value)],
    ),
  )
}

type Collector = ReturnType<typeof createCollector>

function parameters(operation: Operation, collector: Collector): Json[] {
  const places = { params: 'path', query: 'query', headers: 'header' } as const
  return (['params', 'query', 'headers'] as const).flatMap((part) => {
    const schema = operation[part]
    if (!schema) return []
    const { properties = {}, required = [] } = collector.place(schema, 'input') as {
      properties?: Record<string, Json>
      required?: string[]
    }
    return Object.entries(properties).map(([name, inner]) => ({
      name,
      in: places[part],
      required: part === 'params' || (part !== 'query' && part !== 'headers' && required.includes(name)),
      schema: inner,
    }))
  })
}

function responses(operation: Operation, collector: Collector): Json {
  const all: Json = {}
  for (const [status, reply] of Object.entries(operation.replies)) {
    const media = operation.media ?? 'application/json'
    const content = reply ? { [media]: { schema: collector.place(reply, 'output') } } : undefined
    all[status] = {
      description: Number(status) < 300 ? 'Done' : 'Not ready',
      ...(content ? { content } : {}),
    }
  }
  const codes: readonly RefusalCode[] = [...operation.refusals, ...common]
  for (const code of codes) {
    const { status, detail } = refusals[code]
    const known = all[status] as { description?: string } | undefined
    const told = toldCode(code)
    const description = known?.description ? `${known.description} / ${told}` : `${told}: ${detail}`
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
    all[status] = { ...(known ?? { content }), description }
  }
  return all
}

function describe(operation: Operation): string {
  const who = operation.who === 'anyone' ? 'Anyone.' : `Roles: ${operation.who.join(', ')}.`
  const own = operation.own ? `Only what is their own: ${operation.own.join(', ')}.` : ''
  return [operation.description, [who, own].filter(Boolean).join(' ')].filter(Boolean).join('\n\n')
}

function requestBody(operation: Operation, collector: Collector): Json {
  if (!operation.body) return {}
  const schema = collector.place(operation.body, 'input')
  const content: Json = { 'application/json': { schema } }
  if (operation.form) content['application/x-www-form-urlencoded'] = { schema }
  return { requestBody: { required: true, content } }
}

const codes = Object.keys(refusals) as RefusalCode[]
const errorSchema = {
  type: 'object',
  description: 'The one error shape; a field that is at fault has its messages under its own name.',
  properties: {
    code: { type: 'string', enum: [...new Set(codes.map(toldCode))] },
    detail: { type: 'string' },
    error: { type: 'string', description: 'Repeats detail for older clients.' },
    request_id: { type: 'string' },
  },
  required: ['code', 'detail'],
  additionalProperties: { type: 'array', items: { type: 'string' } },
}

const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (tone_…) or an access token; also `Token …`.',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  session: { type: 'apiKey', in: 'cookie', name: 'toneout_session' },
}

/** The contract as an OpenAPI 3.1 document. */
export function openapi(version: string): Json {
  const collector = createCollector()
  const paths: Record<string, Json> = {}
  for (const [operationId, operation] of Object.entries(operations) as [string, Operation][]) {
    const path = paths[operation.path] ?? {}
    paths[operation.path] = path
    path[operation.method.toLowerCase()] = {
      operationId,
      tags: [operation.group],
      summary: operation.summary,
      description: describe(operation),
      security: operation.who === 'anyone' ? [] : [{ key: [] }, { apiKey: [] }, { session: [] }],
      parameters: parameters(operation, collector),
      ...requestBody(operation, collector),
      responses: responses(operation, collector),
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Toneout',
      version,
      description:
        'Emergency dispatch for calls that an AI answers. A trailing slash is optional on every path.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: { schemas: { Error: errorSchema, ...collector.schemas }, securitySchemes },
  }
}
