import { MoonIcon, SunIcon } from './icons.tsx'
import { chooseTheme, useTheme } from './theme.ts'

export function ThemeButton() {
  const other = useTheme() === 'dark' ? 'light' : 'dark'
  const words = `Use the ${other} theme`
  return (
    <button
      type="button"
      className="rail-button"
      aria-label={words}
      title={words}
      onClick={() => chooseTheme(other)}
    >
      {other === 'light' ? <SunIcon /> : <MoonIcon />}
    </button>
  )
}
