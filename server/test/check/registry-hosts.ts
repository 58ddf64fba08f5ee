import type { SourceFile } from '../tidy/files.ts'
import { lineAt } from '../tidy/files.ts'

/** Hosts from which packages come; which one a machine uses is the business of its own npm configuration. */
const hosts = [
  /\bregistry(?:\.[a-z0-9-]+){2,}/gi,
  /https?:\/\/[^\s"'`/]*(?:registry|npmjs|yarnpkg|npmmirror|pkg\.github)[^\s"'`/]*/gi,
  /^\s*(?:@[\w-]+:)?registry\s*=.*/gim,
]

/** Addresses of packages in a lock file; without them npm asks the registry it is configured for. */
const resolved = /"resolved":\s*"(?!file:)[a-z+]+:\/\/[^"]*"/gi

/** Names of registries in a file, each with its line. */
export function registryHosts({ path, text }: SourceFile): string[] {
  const forms = /(^|\/)(package-lock|npm-shrinkwrap)\.json$/.test(path) ? [...hosts, resolved] : hosts
  const places = new Set(
    forms.flatMap((form) => [...text.matchAll(form)].map(({ index }) => lineAt(text, index))),
  )
  return [...places].map((line) => `${path}:${line} names a package registry`)
}
