import { config } from 'zod'

/**
 * Imported before the contract. Zod would try `new Function` when the first schema is made, which the content
 * security policy refuses and reports.
 */
config({ jitless: true })
