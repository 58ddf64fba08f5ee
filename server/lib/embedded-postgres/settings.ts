import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { createServer } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { linePrefix } from './server-log.ts'

/** Where PostgreSQL listens: a folder for its socket, or 127.0.0.1. */
export type Address = { host: string; port: number }

// sockaddr_un holds 108 bytes on Linux and 104 on macOS, the last of them a NUL.
const socketPathLimit = process.platform === 'darwin' ? 103 : 107
const socketPort = 5432

/** The socket's address, or undefined where no path to it can be short enough or pg has no sockets. */
export function socketAddress(home: string): Address | undefined {
  const host = join(home, 'run')
  const length = Buffer.byteLength(join(host, `.s.PGSQL.${socketPort}`))
  return process.platform === 'win32' || length > socketPathLimit ? undefined : { host, port: socketPort }
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function freeAddress(): Promise<Address> {
  return new Promise((found, failed) => {
    const probe = createServer().on('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found({ host: '127.0.0.1', port }))
    })
  })
}

/**
 * A name for this folder on this machine, shown in the title of each PostgreSQL process, by which we know
 * our own again. A copy of the folder gets another name, so its processes are never taken for ours.
 */
export function clusterName(home: string): string {
  const { dev, ino } = statSync(home)
  return `toneout-${createHash('sha256').update(`${home}|${dev}|${ino}`).digest('hex').slice(0, 16)}`
}

/** The words after `postgres`: all settings, since a line in postgresql.conf yields to them. */
export function serverWords(cluster: string, address: Address, extra: Record<string, string>): string[] {
  const settings = {
    ...defaults,
    ...listening(address),
    ...extra,
    cluster_name: clusterName(join(cluster, '..')),
  }
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

function listening({ host, port }: Address): Record<string, string> {
  const onSocket = isAbsolute(host)
  return {
    port: String(port),
    listen_addresses: onSocket ? '' : host,
    // Relative to the cluster: a folder's name may hold commas and quotes, which mean something here.
    unix_socket_directories: onSocket ? '../run' : '',
    unix_socket_permissions: '0700',
  }
}

const defaults: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  restart_after_crash: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  jit: 'off',
  // A session whose client was killed lets go of its locks, even in the middle of a long query.
  ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '1s' }),
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: linePrefix,
  // Details and statements repeat what callers said; the text of an error is withheld by server-log.ts.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}
