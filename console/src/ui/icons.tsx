import type { ReactNode } from 'react'

/**
 * Drawn on a grid of 24, in the colour of the text around them; the words beside them are what is read aloud.
 */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

export const Logo = () => (
  <Icon>
    <path d="M2 12h4.5l3-8 5 16 3-8H22" />
  </Icon>
)

export const ConsoleIcon = () => (
  <Icon>
    <path d="M3 4.5h18v12H3zM8.5 20.5h7M12 16.5v4" />
  </Icon>
)

/** Stands alone in a row of the table, so it speaks for itself. */
export const LostIcon = () => (
  <svg className="icon lost" viewBox="0 0 24 24" role="img" aria-label="Lost contact">
    <title>Lost contact</title>
    <path d="M2.5 15.5c0-2 4-4 9.5-4s9.5 2 9.5 4V18l-5-.8v-2.4a14 14 0 0 0-9 0v2.4l-5 .8z" />
    <path d="m9 3 6 5M15 3 9 8" />
  </svg>
)

export const SignOutIcon = () => (
  <Icon>
    <path d="M9.5 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4.5M16 17l5-5-5-5M21 12H9" />
  </Icon>
)

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4.2" />
    <path d="M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22" />
    <path d="m4.9 4.9 1.8 1.8M17.3 17.3l1.8 1.8M4.9 19.1l1.8-1.8M17.3 6.7l1.8-1.8" />
  </Icon>
)

export const MoonIcon = () => (
  <Icon>
    <path d="M20.5 14.2A8.6 8.6 0 0 1 9.8 3.5a8.6 8.6 0 1 0 10.7 10.7z" />
  </Icon>
)

export const SearchIcon = () => (
  <Icon>
    <circle cx="10.5" cy="10.5" r="6.5" />
    <path d="m15.5 15.5 5 5" />
  </Icon>
)

export const BackIcon = () => (
  <Icon>
    <path d="m14.5 5-7 7 7 7" />
  </Icon>
)

export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
)

export const DownIcon = () => (
  <Icon>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
)
