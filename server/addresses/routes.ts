import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Finder } from './finder.ts'

export function addressRoutes(finder: Finder): SomeHandlers<'findAddresses' | 'findAddressAt'> {
  return {
    findAddresses: async ({ query: { search, near, limit } }) => {
      return { status: 200, body: await finder.search(search, { near, limit }) }
    },
    findAddressAt: async ({ query }) => ({ status: 200, body: await finder.reverse(query) }),
  }
}
