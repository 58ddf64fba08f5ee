import { isIPv6 } from 'node:net'

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i
const four = /^(\d+\.\d+\.\d+)\.\d+$/

/** An IPv4 address by itself, or the /24 around it. */
export type Breadth = 'address' | 'neighbours'

/**
 * What an address is counted with: of IPv6 the /64, from which a host may pick addresses as it likes; of IPv4
 * the address, or with `neighbours` its /24, as whoever guesses passwords may have that many. What is neither
 * stands for itself.
 */
export function networkOf(address: string, breadth: Breadth = 'address'): string {
  const v4 = mapped.exec(address)?.[1]
  if (v4 !== undefined || !isIPv6(address)) {
    const alone = v4 ?? address
    const begin = breadth === 'neighbours' ? four.exec(alone)?.[1] : undefined
    return begin === undefined ? alone : `${begin}.0/24`
  }
  const [head = '', tail] = (address.split('%')[0] as string).split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  // An address that ends in dotted form has one part fewer, which matters only behind the first four.
  const width = 8 - (back.at(-1)?.includes('.') ? 1 : 0)
  const zeros = tail === undefined ? [] : new Array<string>(width - front.length - back.length).fill('0')
  const parts = [...front, ...zeros, ...back].slice(0, 4)
  return `${parts.map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::/64`
}
