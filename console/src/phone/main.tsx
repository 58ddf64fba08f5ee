import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { allowSound } from './ring.ts'

for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, allowSound, { passive: true })

// Over plain HTTP there is none; the page then works as long as there is a network.
if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/unit-worker.js', { scope: '/unit' }).catch(() => {})
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
