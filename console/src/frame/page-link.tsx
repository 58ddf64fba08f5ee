import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { go } from './address.ts'

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }

/** A real link, so that it can be opened in a tab of its own; a plain click stays in this page. */
export function PageLink({ href, children, ...more }: LinkProps) {
  const follow = (event: MouseEvent) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain) return
    event.preventDefault()
    go(href)
  }
  return (
    <a {...more} href={href} onClick={follow}>
      {children}
    </a>
  )
}
