/** A place in a file of the server and what a mutant has there instead. */
type Rewrite = { file: string; from: string; to: string }

/** Bugs that the campaign must find, by name. */
export const mutants = {
  /** No row is locked; the database that it works on has lost its two unique indexes too. */
  'locks-off': [{ file: 'store.ts', from: ' FOR NO KEY UPDATE', to: '' }],
  /** An order_id is kept and never looked at: what is sent again is done again. */
  'idempotency-off': [
    {
      file: 'dispatch-units.ts',
      from: 'const first = once && work.orders.get(once.order_id)',
      to: "const first = once && work.orders.get('what nobody sent')",
    },
    {
      file: 'store.ts',
      from: 'AS k(order_id text, incident_id bigint, request_hash text, reply jsonb)',
      to: 'AS k(order_id text, incident_id bigint, request_hash text, reply jsonb) ON CONFLICT DO NOTHING',
    },
  ],
} as const satisfies Record<string, readonly Rewrite[]>
export type MutantName = keyof typeof mutants

/** What a mutated server prints for each place it found. */
export const mutationLine = (name: string, file: string, places: number) =>
  `mutant ${name}: ${places} in ${file}`
