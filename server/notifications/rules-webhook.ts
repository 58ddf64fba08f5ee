/** IPv4 networks that are not the internet (RFC 6890), as text of the first address and prefix length. */
const closed4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

const number4 = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
const isClosed4 = (text: string) =>
  closed4.some(([from, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(number4(text) / size) === Math.floor(number4(from) / size)
  })

/** The eight groups of an IPv6 address; undefined when it is none. */
function groups6(text: string): number[] | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const four = dotted ? number4(dotted[2] as string) : 0
  const tail = `${(four >>> 16).toString(16)}:${(four & 0xffff).toString(16)}`
  const plain = dotted ? `${dotted[1]}${tail}` : text
  const [head = '', rest] = plain.split('::')
  const read = (part: string) => (part === '' ? [] : part.split(':').map((one) => Number.parseInt(one, 16)))
  const [before, after] = [read(head), read(rest ?? '')]
  const zeros = rest === undefined ? 0 : 8 - before.length - after.length
  const all = [...before, ...Array(Math.max(0, zeros)).fill(0), ...after] as number[]
  return all.length === 8 && all.every((one) => one >= 0 && one <= 0xffff) ? all : undefined
}

/**
 * Whether an address is on the public internet. Of IPv6 only 2000::/3 is, less the documentation and those
 * that carry an IPv4 address (6to4, Teredo), which would lead around the list above.
 */
export function isPublicAddress(text: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return !isClosed4(text)
  const groups = groups6(text.split('%')[0] as string)
  if (!groups) return false
  const [first, second] = groups as [number, number]
  if (first === 0x2002 || (first === 0x2001 && (second < 0x200 || second === 0xdb8))) return false
  return first >= 0x2000 && first <= 0x3fff
}

/**
 * Why nothing may be sent to this address; undefined when it may. `allowed` are hosts that an operator named
 * in the `variable`.
 */
export function refuseUrl(
  text: string,
  allowed: readonly string[],
  variable = 'WEBHOOK_HOSTS',
): string | undefined {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return 'Must be a URL that begins with https://.'
  if (isAllowed(url, allowed)) return undefined
  if (url.protocol !== 'https:') return `Must begin with https://, or its host must be in ${variable}.`
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':')
  const closedName = host === 'localhost' || host.endsWith('.localhost')
  if (closedName || (isAddress && !isPublicAddress(host))) {
    return `Is a private address, and its host is not in ${variable}.`
  }
  return undefined
}

export const isAllowed = (url: URL, allowed: readonly string[]) =>
  allowed.includes(url.host) || allowed.includes(url.hostname)
