import type { Outcome } from './compare.ts'

const marks = ['*', 'o', '+'] as const
const colours = ['#1f5fa8', '#c2571a', '#3c7d3c'] as const
/** Minutes of response that the picture shows. */
const shown = 20

/** Share of the responses within so many seconds. */
function within({ responses }: Outcome, seconds: number): number {
  let [low, high] = [0, responses.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (responses[middle]! <= seconds) low = middle + 1
    else high = middle
  }
  return low / responses.length
}

/** How large a share was reached within how many minutes, drawn with letters. */
export function drawText(outcomes: readonly Outcome[]): string {
  const [columns, rows] = [61, 11]
  const grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ' '))
  for (const [n, outcome] of outcomes.entries()) {
    for (let column = 0; column < columns; column++) {
      const share = within(outcome, (column / (columns - 1)) * shown * 60)
      grid[rows - 1 - Math.round(share * (rows - 1))]![column] = marks[n % marks.length]!
    }
  }
  const axis = Array.from({ length: 5 }, (_, n) => String(n * 5).padEnd(15)).join('')
  const lines = grid.map((row, at) => `${String(100 - at * 10).padStart(4)} % |${row.join('')}`)
  const names = outcomes.map(({ policy }, n) => `${marks[n % marks.length]} ${policy}`).join('   ')
  return [...lines, `       +${'-'.repeat(columns)}`, `        ${axis} minutes`, `        ${names}`].join(
    '\n',
  )
}

/** The same as an SVG. */
export function drawSvg(outcomes: readonly Outcome[], title: string): string {
  const [width, height, edge] = [720, 420, 56]
  const x = (minutes: number) => edge + (minutes / shown) * (width - 2 * edge)
  const y = (share: number) => height - edge - share * (height - 2 * edge)
  const label = (at: readonly [number, number], text: string, more = '') =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${text}</text>`
  const lines = outcomes.map((outcome, n) => {
    const points = Array.from({ length: 121 }, (_, at) => {
      const minutes = (at / 120) * shown
      return `${x(minutes).toFixed(1)},${y(within(outcome, minutes * 60)).toFixed(1)}`
    })
    const colour = colours[n % colours.length]
    const name = label([width - edge - 120, height - edge - 20 - n * 20], outcome.policy, `fill="${colour}"`)
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.join(' ')}"/>${name}`
  })
  const across = [0, 0.25, 0.5, 0.75, 0.9, 1].map((share) => {
    const line = `<path stroke="#ddd" d="M${edge} ${y(share)}H${width - edge}"/>`
    return `${line}${label([12, y(share) + 4], `${share * 100} %`)}`
  })
  const along = [0, 4, 8, 12, 16, 20].map((minutes) =>
    label([x(minutes) - 6, height - edge + 20], String(minutes)),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`,
    ' font-family="sans-serif" font-size="13">',
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...[label([edge, 28], title, 'font-size="15"'), ...across, ...along, ...lines],
    label([width / 2 - 90, height - 12], 'minutes from the call to the first unit'),
    '</svg>\n',
  ].join('\n')
}
