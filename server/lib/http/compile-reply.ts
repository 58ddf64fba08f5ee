import { z } from 'zod'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/**
 * `anyOf [X, null]` as one type with null: the compiled serialiser is then straight code, without a
 * validator.
 */
function joinNull(schema: Json): Json {
  const choices = schema.anyOf
  if (!Array.isArray(choices) || choices.length !== 2) return schema
  const other = choices.find((one) => isObject(one) && one.type !== 'null') as Json | undefined
  const hasNull = choices.some((one) => isObject(one) && one.type === 'null')
  if (!hasNull || !other || typeof other.type !== 'string') return schema
  const { anyOf: _, ...rest } = schema
  return { ...rest, ...other, nullable: true }
}

/** Resolves $ref within the document and drops what serialising does not need (formats, bounds, enums). */
function simplify(node: unknown, definitions: Json): unknown {
  if (Array.isArray(node)) return node.map((one) => simplify(one, definitions))
  if (!isObject(node)) return node
  if (typeof node.$ref === 'string') {
    return simplify(definitions[node.$ref.replace('#/definitions/', '')], definitions)
  }
  const kept: Json = {}
  for (const [name, value] of Object.entries(node)) {
    if (['type', 'required', 'nullable', 'const'].includes(name)) kept[name] = value
    else if (name === 'properties') {
      const entries = Object.entries(value as Json).map(([key, one]) => [key, simplify(one, definitions)])
      kept[name] = Object.fromEntries(entries)
    } else if (['items', 'anyOf', 'additionalProperties'].includes(name))
      kept[name] = simplify(value, definitions)
  }
  return joinNull(kept)
}

/** The JSON Schema from which Fastify compiles the serialiser of a reply. */
export function replySchema(reply: z.ZodType): unknown {
  const schema = z.toJSONSchema(reply, { target: 'draft-7', io: 'output', unrepresentable: 'any' }) as Json
  return simplify(schema, (schema.definitions ?? {}) as Json)
}
