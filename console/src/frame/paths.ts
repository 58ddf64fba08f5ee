/** The pages there are; the server serves the console's file for each of them. */
export const paths = [
  ...([
    '/',
    '/account',
    '/analytics',
    '/calls',
    '/calls/*',
    '/channels',
    '/handover',
    '/history',
    '/hospitals',
  ] as const),
  ...([
    '/imports',
    '/incidents',
    '/keys',
    '/map',
    '/messages',
    '/people',

    '/settings',
    '/stations',
    '/units',
    '/wall',
  ] as const),
] as const
export type Path = (typeof paths)[number]

/** The page an address stands for, with or without a slash at its end; anything else is the console. */
export function pathOf(pathname: string): Path {
  const plain = pathname.replace(/(?<=.)\/+$/, '')
  // A star stands for one part of the address, which the page reads itself.
  const known = plain.replace(/^(\/calls)\/[^/]+$/, '$1/*')
  return paths.find((path) => path === known) ?? '/'
}
