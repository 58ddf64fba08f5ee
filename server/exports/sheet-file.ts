import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { Rows } from './formats.ts'
import { sheetRow } from './rules.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org'
const main = `${office}/spreadsheetml/2006/main`
const related = `${office}/officeDocument/2006/relationships`
const packaged = `${office}/package/2006`
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The parts of a workbook of one sheet, without the sheet (ECMA-376). */
const frame: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${packaged}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${media}.worksheet+xml"/></Types>`,
  '_rels/.rels':
    `<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml':
    `<workbook xmlns="${main}" xmlns:r="${related}">` +
    '<sheets><sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

async function* sheet({ parts, columns }: Rows) {
  yield `${head}<worksheet xmlns="${main}"><sheetData>${sheetRow(columns)}`
  for await (const rows of parts) {
    yield rows.map((row) => sheetRow(columns.map((name) => row[name]))).join('')
  }
  yield '</sheetData></worksheet>'
}

/** A workbook of one sheet. */
export function sheetFile(rows: Rows): Readable {
  const zip = new yazl.ZipFile()
  const mtime = rows.at
  for (const [name, text] of Object.entries(frame)) zip.addBuffer(Buffer.from(head + text), name, { mtime })
  const source = Readable.from(sheet(rows), { highWaterMark: 1 })
  const file = zip.outputStream as Readable
  // yazl tells of the fault of a source by itself only; whoever reads the file must learn of it too.
  zip.on('error', (error) => file.destroy(error))
  file.once('close', () => source.destroy())
  zip.addReadStream(source, 'xl/worksheets/sheet1.xml', { mtime })
  zip.end()
  return file
}
