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

export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="4" />
    <path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6" />
  </Icon>
)

export const PeopleIcon = () => (
  <Icon>
    <circle cx="9" cy="8.5" r="3.5" />
    <path d="M2.5 19.5c.6-3.5 3.100-5.2 6.5-5.2s5.900 1.7 6.5 5.2" />
    <path d="M15.5 5.3a3.5 3.5 0 0 1 0 6.400M18 14.800c2 .7 3.2 2.3 3.5 4.7" />
  </Icon>
)

export const KeyIcon = () => (
  <Icon>
    <circle cx="8" cy="15.5" r="4.5" />
    <path d="M11.3 12.2 20.5 3M17 6.5l3 3M14 9.5l2 2" />
  </Icon>
)

export const EyeIcon = () => (
  <Icon>
    <path d="M2 12c2.2-4.3 5.7-6.5 10-6.5S19.800 7.7 22 12c-2.2 4.3-5.7 6.5-10 6.5S4.2 16.3 2 12z" />
    <circle cx="12" cy="12" r="3" />
  </Icon>
)

export const EyeOffIcon = () => (
  <Icon>
    <path d="M9.5 5.800A10 10 0 0 1 12 5.5c4.3 0 7.800 2.2 10 6.5a13 13 0 0 1-2.600 3.5" />
    <path d="M6.3 7.3A12.600 12.600 0 0 0 2 12c2.2 4.3 5.7 6.5 10 6.5 1.7 0 3.2-.3 4.600-1M3 3l18 18" />
  </Icon>
)

export const ChevronIcon = () => (
  <Icon>
    <path d="m6 9.5 6 6 6-6" />
  </Icon>
)

export const CopyIcon = () => (
  <Icon>
    <path d="M9 9h11v11H9zM15 9V4H4v11h5" />
  </Icon>
)

export const PrintIcon = () => (
  <Icon>
    <path d="M7 8V3h10v5M7 17H3.5V8h17v9H17M7 13.5h10V21H7z" />
  </Icon>
)
