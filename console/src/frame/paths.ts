/** The pages there are; the server serves the console's file for each of them. */
export const paths = [
  ...(['/', '/account', '/analytics', '/calls', '/handover', '/hospitals', '/keys'] as const),
  ...(['/map', '/people', '/records', '/stations', '/units', '/wall'] as const),
] as const
export type Path = (typeof paths)[number]

/** The page an address stands for, with or without a slash at its end; anything else is the console. */
export function pathOf(pathname: string): Path {
  const plain = pathname.replace(/(?<=.)\/+$/, '')
  return paths.find((path) => path === plain) ?? '/'
}
