import { type ChannelConfig, readChannels } from './config-channels.ts'
import { geocoders, readMap, readOutside, routers } from './config-places.ts'

/** Everything the environment decides, read once by main.ts and checked as a whole. */
export type Config = {
  host: string
  port: number
  /**
   * URL of an outside database, its name already switched for USE_TEST_DB; undefined for the embedded one.
   */
  databaseUrl?: string
  databaseName: 'dispatch_db' | 'dispatch_test_db' | (string & {})
  dataDir: string
  adminUsername?: string
  adminPassword?: string
  aiDispatcherKey?: string
  /** Signs tokens; undefined = generated into dataDir. */
  secretKey?: string
  /** Secrets that the keys of caller data are sealed with, the one in use first; undefined = generated. */
  fieldSecrets?: string[]
  corsOrigins: string[]
  publicUrl?: string
  /** Names beside that of the public URL by which programs reach the server, without ports. */
  allowedHosts: string[]
  trustProxy: boolean
  accessTokenSeconds: number
  refreshTokenSeconds: number
  sessionSeconds: number
  /** Whether supervisors and admins need a second factor, as long as the setting was never changed. */
  secondFactorRequired: boolean
  /** What maps are drawn on: a file of tiles, addresses of tiles or of a style; undefined for the streets. */
  mapTiles?: string
  /** Whom maps must name for it. */
  mapAttribution?: string
  /** The outside service that finds addresses; undefined for the gazetteer alone. */
  geocoder?: { url: string; kind: (typeof geocoders)[number] }
  /** The outside service that tells drive times where no roads are loaded. */
  router?: { url: string; kind: (typeof routers)[number] }
  /** What messages leave by. */
  channels: ChannelConfig
  /** Whether replies tell how many statements they took, for development. */
  serverTiming: boolean
  /** What the usual rate limits are multiplied by; those that a key has of its own stay. */
  rateLimitFactor: number
}

export type ConfigFault = { variable: string; problem: string }
export type ReadConfig = { config: Config; faults: [] } | { config?: undefined; faults: ConfigFault[] }

type Env = Readonly<Record<string, string | undefined>>

const truths: Record<string, boolean> = {
  true: true,
  '1': true,
  yes: true,
  false: false,
  '0': false,
  no: false,
}

/** Reads variables one by one and gathers what is wrong, so that all faults are told at once. */
function createReader(env: Env) {
  const faults: ConfigFault[] = []
  const text = (variable: string) => env[variable]?.trim() || undefined
  const fault = (variable: string, problem: string) => {
    faults.push({ variable, problem })
    return undefined
  }
  return {
    faults,
    text,
    fault,
    whole(variable: string, fallback: number, min: number, max: number): number {
      const given = text(variable)
      if (given === undefined) return fallback
      const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
      if (value >= min && value <= max) return value
      fault(variable, `must be a whole number from ${min} to ${max}`)
      return fallback
    },
    flag(variable: string, fallback = false): boolean {
      const given = text(variable)
      if (given === undefined) return fallback
      return truths[given.toLowerCase()] ?? fault(variable, 'must be true or false') ?? fallback
    },
    url(variable: string, protocols: readonly string[]): URL | undefined {
      const given = text(variable)
      if (given === undefined) return undefined
      // libpq and pg allow an empty host before a socket's folder, `postgres://me@/db?host=/run`; URL does
      // not.
      const url = URL.parse(given.replace('@/', '@localhost/'))
      const known = url !== null && protocols.includes(url.protocol)
      return known ? url : fault(variable, `must be a URL that begins with ${protocols.join('// or ')}//`)
    },
  }
}

type Reader = ReturnType<typeof createReader>

function readDatabase(reader: Reader) {
  const test = reader.flag('USE_TEST_DB')
  const url = reader.url('DATABASE_URL', ['postgres:', 'postgresql:'])
  const databaseName = test ? 'dispatch_test_db' : url?.pathname.slice(1) || 'dispatch_db'
  if (url) url.pathname = `/${databaseName}`
  return { databaseUrl: url?.href, databaseName }
}

function readOrigins(reader: Reader): string[] {
  const origins = (reader.text('CORS_ORIGINS') ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
  for (const one of origins) {
    if (one === '*' || URL.parse(one)?.origin !== one) {
      reader.fault('CORS_ORIGINS', `"${one}" is not an origin such as https://dispatch.example.org`)
    }
  }
  return origins
}

function readHosts(reader: Reader): string[] {
  const hosts = (reader.text('ALLOWED_HOSTS') ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean)
  for (const one of hosts) {
    if (URL.parse(`http://${one}`)?.host !== one || /:\d*$/.test(one)) {
      reader.fault('ALLOWED_HOSTS', `"${one}" is not a name such as toneout.internal, without a port`)
    }
  }
  return hosts
}

function readFieldSecrets(reader: Reader): string[] | undefined {
  const secrets = (reader.text('FIELD_KEYS') ?? '').split(',').map((one) => one.trim())
  return secrets.some(Boolean) ? secrets : undefined
}

function checkSecrets(reader: Reader, production: boolean): void {
  const secret = reader.text('SECRET_KEY')
  if (reader.text('DATABASE_URL') && !secret) {
    reader.fault('SECRET_KEY', 'is required with DATABASE_URL, so that all server processes share it')
  }
  if (secret && secret.length < 32) reader.fault('SECRET_KEY', 'must have at least 32 characters')
  const fields = readFieldSecrets(reader)
  if (reader.text('DATABASE_URL') && !fields) {
    reader.fault('FIELD_KEYS', 'is required with DATABASE_URL: caller data is sealed with it')
  }
  if (fields?.some((one) => one.length < 32)) {
    reader.fault('FIELD_KEYS', 'must be secrets of at least 32 characters, separated by commas')
  }
  const password = reader.text('ADMIN_PASSWORD')
  if (password && (password.length < 12 || password.length > 128)) {
    reader.fault('ADMIN_PASSWORD', 'must have 12 to 128 characters')
  }
  const key = reader.text('AI_DISPATCHER_KEY')
  if (key && !/^[\x21-\x7e]+$/.test(key))
    reader.fault('AI_DISPATCHER_KEY', 'must be printable without spaces')
  if (key && production && key.length < 24) {
    reader.fault('AI_DISPATCHER_KEY', 'must have at least 24 characters in production')
  }
}

/** Environment -> Config, pure; every fault at once and by name, never with a secret's value. */
export function readConfig(env: Env): ReadConfig {
  const reader = createReader(env)
  const publicUrl = reader.url('PUBLIC_URL', ['http:', 'https:'])?.origin
  checkSecrets(reader, Boolean(reader.text('DATABASE_URL') || publicUrl))
  const config: Config = {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.whole('PORT', 8080, 0, 65_535),
    ...readDatabase(reader),
    dataDir: reader.text('DATA_DIR') ?? './data',
    adminUsername: reader.text('ADMIN_USERNAME'),
    adminPassword: reader.text('ADMIN_PASSWORD'),
    aiDispatcherKey: reader.text('AI_DISPATCHER_KEY'),
    secretKey: reader.text('SECRET_KEY'),
    fieldSecrets: readFieldSecrets(reader),
    corsOrigins: readOrigins(reader),
    publicUrl,
    allowedHosts: readHosts(reader),
    trustProxy: reader.flag('TRUST_PROXY'),
    accessTokenSeconds: reader.whole('ACCESS_TOKEN_SECONDS', 3_600, 1, 86_400),
    refreshTokenSeconds: 86_400,
    sessionSeconds: 12 * 3_600,
    secondFactorRequired: reader.flag('SECOND_FACTOR_REQUIRED', true),
    serverTiming: reader.flag('SERVER_TIMING', false),
    ...readMap(reader),
    geocoder: readOutside(reader, ['GEOCODER_URL', 'GEOCODER_KIND'], geocoders),
    router: readOutside(reader, ['ROUTER_URL', 'ROUTER_KIND'], routers),
    channels: readChannels(reader),
    rateLimitFactor: reader.whole('RATE_LIMIT_FACTOR', 1, 1, 1_000),
  }
  return reader.faults.length > 0 ? { faults: reader.faults } : { config, faults: [] }
}
