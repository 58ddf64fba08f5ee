import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Each would run where text is taken for markup, for an attribute, for an address or for a template. */
export const scripts = [
  '<script>window.ran=1</script>',
  '<img src=x onerror="window.ran=1">',
  '<svg/onload=window.ran=1>',
  '"><iframe srcdoc="<script>parent.ran=1</script>">',
  `' onmouseover='window.ran=1`,
  'javascript:window.ran=1',
  '</title><script>window.ran=1</script>',
  '</textarea><script>window.ran=1</script>',
  '<a href="javascript:window.ran=1">here</a>',
  '<style>@import "https://evil.example/x.css"</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '{{constructor.constructor("window.ran=1")()}}',
  `\${window.ran=1}`,
  '\u2028window.ran=1//',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.ran=1>',
  '&lt;img src=x onerror=window.ran=1&gt;',
  '<details open ontoggle=window.ran=1>',
]

/** What only an attack would put on the page. */
const planted =
  'script:not([src]), script[src*="evil"], iframe, object, embed, base, img, math, style:not([nonce]), ' +
  'meta[http-equiv], [onerror], [onload], [ontoggle], [onmouseover], a[href^="javascript:"]'

/** Nothing of the scripts is part of the page, and none has run. */
export async function assertClean(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(
    (selector) => [...document.querySelectorAll(selector)].map((one) => one.outerHTML.slice(0, 200)),
    planted,
  )
  assert.deepEqual(found, [], what)
  assert.equal(await page.evaluate(() => Object(window).ran), undefined, what)
}
