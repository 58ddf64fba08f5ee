export type EmbeddedPostgresFault =
  | 'already_running'
  | 'no_binaries'
  | 'no_permission'
  | 'data_missing'
  | 'wrong_version'
  | 'initdb_failed'
  | 'start_failed'

/** What stopped the embedded database from starting; the message is one line that says what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresFault

  constructor(code: EmbeddedPostgresFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EmbeddedPostgresError'
    this.code = code
  }
}
