import type { Colours } from './colours.ts'

/** Drawn at twice the size, so that it is sharp on fine screens too. */
export const scale = 2

type Drawn = { width: number; height: number; draw: (pen: CanvasRenderingContext2D) => void }

const mono = '600 11px "JetBrains Mono Variable", ui-monospace, monospace'
const sans = '700 11px "Inter Variable", system-ui, sans-serif'

const measuring = document.createElement('canvas').getContext('2d')!

function widthOf(text: string, font: string): number {
  measuring.font = font
  return Math.ceil(measuring.measureText(text).width)
}

function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, font: string) {
  pen.font = font
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(text, x, y)
}

type Box = { x: number; y: number; width: number; height: number }

/** The outline of a plate: `box` rounded a little, `round` like a pill, `cut` without its corners. */
function outline(pen: CanvasRenderingContext2D, shape: string, { x, y, width, height }: Box) {
  pen.beginPath()
  if (shape !== 'cut') return pen.roundRect(x, y, width, height, shape === 'round' ? height / 2 : 3.5)
  const [corner, right, bottom] = [5, x + width, y + height]
  const points = [
    [x + corner, y],
    [right - corner, y],
    [right, y + corner],
    [right, bottom - corner],
    [right - corner, bottom],
    [x + corner, bottom],
    [x, bottom - corner],
    [x, y + corner],
  ] as const
  for (const [px, py] of points) pen.lineTo(px, py)
  pen.closePath()
}

/** Around a mark that somebody looks for. */
function ring(pen: CanvasRenderingContext2D, colour: string, box: Box) {
  outline(pen, 'box', { x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 })
  pen.lineWidth = 2
  pen.strokeStyle = colour
  pen.stroke()
}

/** A unit by its number: white is free; hollow with its age is a position that is more than a minute old. */
function unit([shape = '', look, age = '', around, ...number]: string[], colours: Colours): Drawn {
  const name = number.join('/')
  const text = age === '' ? name : `${name} ${age}`
  const width = widthOf(text, mono) + 10
  const box = { x: 3, y: 3, width, height: 16 }
  const isHollow = age !== ''
  const fill = { free: colours.free, sent: colours.sent, out: colours.panel }[look ?? ''] ?? colours.panel
  const on = { free: colours.freeOn, sent: colours.sentOn, out: colours.text2 }[look ?? ''] ?? colours.text
  const edge = look === 'free' ? colours.freeEdge : colours.edge
  const draw = (pen: CanvasRenderingContext2D) => {
    outline(pen, shape, box)
    pen.fillStyle = isHollow ? colours.panel : fill
    pen.fill()
    pen.lineWidth = isHollow ? 1.5 : 1
    if (isHollow) pen.setLineDash(age === 'old' ? [2, 2] : [4, 2])
    pen.strokeStyle = isHollow || look !== 'sent' ? edge : colours.land
    pen.stroke()
    pen.setLineDash([])
    pen.fillStyle = isHollow ? (look === 'free' ? colours.text : colours.text2) : on
    write(pen, text, box.x + width / 2, 11.5, mono)
    if (look === 'out') pen.fillRect(box.x + 4, 11, width - 8, 1)
    if (around === 'picked') ring(pen, colours.focus, box)
    if (around === 'duress') ring(pen, colours.p1, box)
  }
  return { width: width + 6, height: 22, draw }
}

/** Shape says the priority, the digit repeats it; filled only while it waits for a unit. */
function incident([rank = '', waits, chosen]: string[], colours: Colours): Drawn {
  const box = { x: 4, y: 4, width: 18, height: 18 }
  const filled = waits === 'waits'
  const fill = rank === '1' ? colours.p1 : rank === '2' ? colours.p2 : colours.panel
  const on = rank === '1' ? colours.p1On : rank === '2' ? colours.p2On : colours.text
  const draw = (pen: CanvasRenderingContext2D) => {
    outline(pen, rank === '2' ? 'round' : 'box', box)
    pen.fillStyle = filled ? fill : colours.panel
    if (rank !== '4' || filled) pen.fill()
    pen.lineWidth = 1.5
    pen.strokeStyle = rank === '1' ? colours.p1 : filled && rank === '2' ? colours.p2 : colours.edge
    if (filled && rank === '3') pen.strokeStyle = colours.text
    if (rank !== '4') pen.stroke()
    pen.fillStyle = filled ? on : rank === '1' ? colours.p1Text : colours.text
    write(pen, rank, 13, 13.5, sans)
    if (chosen === 'chosen') ring(pen, colours.focus, box)
  }
  return { width: 26, height: 26, draw }
}

/** A cross; struck through for one that takes no patients. */
function hospital([diversion]: string[], colours: Colours): Drawn {
  const draw = (pen: CanvasRenderingContext2D) => {
    outline(pen, 'round', { x: 2, y: 2, width: 16, height: 16 })
    pen.fillStyle = colours.panel
    pen.fill()
    pen.lineWidth = 1.25
    pen.strokeStyle = diversion === 'OPEN' ? colours.text2 : colours.p1Text
    pen.stroke()
    pen.fillStyle = colours.text
    pen.fillRect(8.75, 5.5, 2.5, 9)
    pen.fillRect(5.5, 8.75, 9, 2.5)
    if (diversion !== 'CLOSED') return
    pen.strokeStyle = colours.p1Text
    pen.lineWidth = 2
    pen.beginPath()
    pen.moveTo(4.5, 15.5)
    pen.lineTo(15.5, 4.5)
    pen.stroke()
  }
  return { width: 20, height: 20, draw }
}

/** A house. */
function station(_: string[], colours: Colours): Drawn {
  const draw = (pen: CanvasRenderingContext2D) => {
    pen.beginPath()
    for (const [x, y] of [
      [7, 1.5],
      [12.5, 6.5],
      [12.5, 12.5],
      [1.5, 12.5],
      [1.5, 6.5],
    ] as const)
      pen.lineTo(x, y)
    pen.closePath()
    pen.fillStyle = colours.panel
    pen.fill()
    pen.lineWidth = 1.25
    pen.lineJoin = 'round'
    pen.strokeStyle = colours.text2
    pen.stroke()
  }
  return { width: 14, height: 14, draw }
}

const kinds = { unit, incident, hospital, station }

/** The picture of a mark by its name (snapshot.ts); undefined for a name that is not ours. */
export function drawIcon(name: string, colours: Colours): ImageData | undefined {
  const [kind = '', ...parts] = name.split('/')
  if (!Object.hasOwn(kinds, kind)) return undefined
  const { width, height, draw } = kinds[kind as keyof typeof kinds](parts, colours)
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  const pen = canvas.getContext('2d')!
  pen.scale(scale, scale)
  draw(pen)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}
