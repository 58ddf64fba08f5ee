import { type ReactNode, useEffect, useRef } from 'react'
import { ChevronIcon } from '../ui/icons.tsx'

type MenuProps = { name: string; children: ReactNode; onOpen?: (isOpen: boolean) => void }

/** A button that opens something under it; Escape and a press elsewhere close it. */
export function Menu({ name, children, onOpen }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const element = menu.current
      if (!element?.open || element.contains(event.target as Node)) return
      element.open = false
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [])
  return (
    <details
      ref={menu}
      className="menu"
      onToggle={(event) => onOpen?.(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return
        menu.current.open = false
        menu.current.querySelector('summary')?.focus()
      }}
    >
      <summary className="button">
        {name} <ChevronIcon />
      </summary>
      <div className="menu-body">{children}</div>
    </details>
  )
}
