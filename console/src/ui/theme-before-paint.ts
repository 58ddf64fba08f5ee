/**
 * Built as a script of its own (vite.config.ts) that runs before the first paint, so that a chosen theme does
 * not flash: the policy forbids inline scripts, and the page's module runs too late. It may not import
 * anything.
 */
try {
  const theme = localStorage.getItem('toneout.theme')
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
} catch {
  // Storage can be forbidden; the system's theme stands then.
}
