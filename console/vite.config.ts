import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const themeSource = '/src/ui/theme-before-paint.ts'

/** Puts the theme's script into the head as a plain script, which the browser runs before it paints. */
function themeBeforePaint(): Plugin {
  let building = false
  return {
    name: 'theme-before-paint',
    configResolved(config) {
      building = config.command === 'build'
    },
    buildStart() {
      if (building) this.emitFile({ type: 'chunk', id: import.meta.dirname + themeSource, name: 'theme' })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find(
          (file) => file.type === 'chunk' && file.name === 'theme',
        )
        const attrs = chunk ? { src: `/${chunk.fileName}` } : { src: themeSource, type: 'module' }
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), themeBeforePaint()],
  resolve: { alias: { zod: `${import.meta.dirname}/src/no-schemas.ts` } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined fonts would be data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    // light-dark() carries both themes in one list of tokens; these are the first browsers that know it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
