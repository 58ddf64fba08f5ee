import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'

/**
 * No sandbox, because tests run as root too; no background requests, because a machine may have no network.
 */
const args = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** A real headless Chromium; close it at the end of the test file. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = findChromium()
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  // Chromium leaves files where it is ended roughly; in a folder of its own they go with it.
  const TMPDIR = mkdtempSync(join(tmpdir(), 'toneout-browser-'))
  const remove = () => rmSync(TMPDIR, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', remove)
  const browser = await chromium.launch({ executablePath, args, env: { ...inherited, ...env, TMPDIR } })
  browser.once('disconnected', remove)
  return browser
}
