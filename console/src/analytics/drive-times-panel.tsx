import { useQuery } from '@tanstack/react-query'
import type { DriveFitShown, DriveTimesShown } from '@toneout/contract/model/streets.ts'
import { ask } from '../access/ask.ts'
import { amount, stamp } from '../ui/format.ts'
import type { Sheet } from './csv.ts'
import { secondsWord } from './figure-words.ts'
import { SheetPanel } from './sheet-panel.tsx'

const sources: Record<DriveTimesShown['source'], string> = {
  graph: 'Roads',
  router: 'Routing server',
  crow: 'Straight line',
}

const heads = ['Source', 'Priority', 'Drives', 'Constant', 'Slope', 'Error before', 'Error', '90 % within']
const sheetOf = ({ fits }: DriveTimesShown, words: (seconds: number) => string | number): Sheet => ({
  columns: [...heads, 'Fitted'],
  rows: fits.map((fit) => [
    ...[sources[fit.source], fit.priority, fit.n, words(fit.intercept_s), Math.round(fit.slope * 100) / 100],
    ...[words(fit.error_before_s_p50), words(fit.error_s_p50), words(fit.error_s_p90)],
    stamp(fit.fitted_at, Date.now()),
  ]),
})

const total = (fits: readonly DriveFitShown[]) => amount(fits.reduce((sum, { n }) => sum + n, 0))

function noteOf({ source, fits }: DriveTimesShown): string {
  const now = `Drive times come from: ${sources[source].toLowerCase()}.`
  if (fits.length === 0) {
    return `${now} They are not fitted yet: each priority needs 200 drives of the last 90 days.`
  }
  return (
    `${now} Each night they are fitted to the drives of the last 90 days, ${total(fits)} here: constant + ` +
    'slope x expected. Half of all drives were off by less than the error, nine tenths by less than the last.'
  )
}

/** How good the drive times of recommendations have been, whatever the period of the page. */
export function DriveTimesPanel() {
  const read = useQuery({
    queryKey: ['readDriveTimes'],
    queryFn: ({ signal }) => ask('readDriveTimes', {}, signal),
    staleTime: 60_000,
  })
  return (
    <SheetPanel
      name="Expected drive times"
      read={read}
      note={noteOf}
      sheet={(data) => sheetOf(data, Math.round)}
      shown={(data) => sheetOf(data, secondsWord)}
      table={read.data?.fits.length === 0 ? () => null : undefined}
    />
  )
}
