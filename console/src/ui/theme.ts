import { useSyncExternalStore } from 'react'
import { createListeners } from './store.ts'

export type Theme = 'dark' | 'light'

/** theme-before-paint.ts reads the same entry. */
const storageKey = 'toneout.theme'
const system = window.matchMedia('(prefers-color-scheme: light)')
const { tell, subscribe } = createListeners()

system.addEventListener('change', tell)

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'dark' || chosen === 'light') return chosen
  return system.matches ? 'light' : 'dark'
}

/** The choice is kept in this browser, so it outlives the session. */
export function chooseTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Storage can be forbidden; the choice then holds until the page is left.
  }
  tell()
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, currentTheme)
