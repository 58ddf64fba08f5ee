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

/** Builds the crew's service worker under an address of its own, which never changes. */
function unitWorker(): Plugin {
  return {
    name: 'unit-worker',
    apply: 'build',
    buildStart() {
      const id = `${import.meta.dirname}/src/phone/worker.ts`
      this.emitFile({ type: 'chunk', id, fileName: 'unit-worker.js' })
    },
  }
}

/**
 * Of the contract a page needs to know each operation's method and path, and no word more: its schemas and
 * what they say to readers would be a sixth of the page.
 */
function bareOperations(): Plugin {
  return {
    name: 'bare-operations',
    async load(id) {
      if (!id.endsWith('/contract/operations/all.ts')) return null
      const { operations } = await import('@toneout/contract/operations/all.ts')
      const bare = Object.entries(operations).map(([name, { method, path }]) => [name, { method, path }])
      return `export const operations = ${JSON.stringify(Object.fromEntries(bare))}`
    },
  }
}

/** What makes the schemas of the contract. */
const schemaMakers = [
  ...['z', 'operation', 'optionalText', 'requiredText', 'optionalWord', 'optionalWords', 'requiredWord'],
  ...['optionalNumber', 'optionalFlag', 'optionalInstant', 'plainText', 'nameText', 'numberWithin'],
  ...['wordList', 'closedList', 'rowNumber', 'pageOf', 'requiredId', 'optionalId', 'idList', 'nullable'],
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), bareOperations(), themeBeforePaint(), unitWorker()],
  resolve: { alias: { zod: `${import.meta.dirname}/src/no-schemas.ts` } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The crew's page is an entry of its own, so that a phone loads nothing of the console.
    rollupOptions: {
      // Schemas that no page takes words from are left out; making one has no effect (no-schemas.ts).
      treeshake: { manualPureFunctions: schemaMakers },
      input: [`${import.meta.dirname}/index.html`, `${import.meta.dirname}/phone.html`],
    },
    // Inlined fonts would be data: addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    // light-dark() carries both themes in one list of tokens; these are the first browsers that know it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: {
      polyfill: false,
      // The names of all files of all pages would be a kilobyte of the first one.
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
