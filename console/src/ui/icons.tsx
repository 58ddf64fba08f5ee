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

export const BellIcon = () => (
  <Icon>
    <path d="M18 15.5V10a6 6 0 0 0-12 0v5.5L4 18h16zM10 21h4" />
  </Icon>
)

export const SlidersIcon = () => (
  <Icon>
    <path d="M4 7h8M18 7h2M4 17h2M12 17h8" />
    <circle cx="15" cy="7" r="2.6" />
    <circle cx="9" cy="17" r="2.6" />
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

export const SoundIcon = ({ level }: { level: number }) => (
  <Icon>
    <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" />
    <path d={level > 0.2 ? 'M15 9a4.2 4.2 0 0 1 0 6' : ''} />
    <path d={level > 0.5 ? 'M17.5 6.5a7.8 7.8 0 0 1 0 11' : ''} />
  </Icon>
)

export const HelpIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M9.5 9.5a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.8M12 16.8v.2" />
  </Icon>
)

export const PhoneIcon = () => (
  <Icon>
    <path d="M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2" />
    <path d="M18.5 20.5A15.5 15.5 0 0 1 4 5.5a2 2 0 0 1 2-2" />
  </Icon>
)

export const UnitIcon = () => (
  <Icon>
    <path d="M3 16.5v-9h11v9M14 10.5h4l3 3.5v2.5M3 16.5h1.5M9.5 16.5h5M19.5 16.5H21" />
    <circle cx="7" cy="17" r="2.3" />
    <circle cx="17" cy="17" r="2.3" />
    <path d="M8.5 9.5v4M6.5 11.5h4" />
  </Icon>
)

export const HospitalIcon = () => (
  <Icon>
    <path d="M4 21V4h16v17M2.5 21h19M12 7v6M9 10h6M10 21v-4h4v4" />
  </Icon>
)

export const StationIcon = () => (
  <Icon>
    <path d="m3 11 9-7 9 7M5.5 9.5V20h13V9.5M9.5 20v-6h5v6" />
  </Icon>
)

export const ChartIcon = () => (
  <Icon>
    <path d="M4 4v16h16M8 16v-4M12 16V8M16 16v-6" />
  </Icon>
)

export const MapIcon = () => (
  <Icon>
    <path d="m3 6 6-2.5 6 2.5 6-2.5v15L15 21l-6-2.5L3 21zM9 3.5v15M15 6v15" />
  </Icon>
)

export const WallIcon = () => (
  <Icon>
    <path d="M2.5 4.5h19v11h-19zM12 15.5V20M7 20.5h10M6 8.5h5M6 11.5h3M15 8.5h3" />
  </Icon>
)

export const ListIcon = () => (
  <Icon>
    <path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01" />
  </Icon>
)
