import type { AiFigures } from '@toneout/contract/model/analytics.ts'
import { amount } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import type { Sheet } from './csv.ts'
import { secondsWord, shareWord } from './figure-words.ts'
import { LazyChart } from './lazy-chart.tsx'
import { SheetPanel } from './sheet-panel.tsx'
import { usePanel } from './use-analytics.ts'

const callSheet = (ai: AiFigures): Sheet => ({
  columns: ['Figure', 'Value'],
  rows: [
    ['Calls', ai.calls],
    ['Answered', ai.answered],
    ['By the AI alone', ai.ai_alone],
    ['Share by the AI alone', ai.share_ai_alone],
    ['Handed from the AI to a person', ai.handed_over],
    ['By a person alone', ai.person_alone],
    ['Contact lost', ai.lost_contact],
    ['Seconds to the location, n', ai.time_to_location.n],
    ['Seconds to the location, 50 %', ai.time_to_location.p50],
    ['Seconds to the location, 90 %', ai.time_to_location.p90],
  ],
})

const fieldSheet = ({ fields }: AiFigures): Sheet => ({
  columns: ['Field', 'Confirmed', 'Corrected'],
  rows: fields.map(({ field, confirmed, corrected }) => [plain(field), confirmed, corrected]),
})

export function AiPanels() {
  const read = usePanel('readAnalyticsAi')
  return (
    <>
      <SheetPanel
        name="AI and people on the line"
        read={read}
        note={({ share_ai_alone, time_to_location: { n, p50, p90 } }) =>
          `Without a person: ${shareWord(share_ai_alone)} of answered calls. From the ring to the first ` +
          `word of a location: ${secondsWord(p50)} (50 %), ${secondsWord(p90)} (90 %), n ${amount(n)}.`
        }
        sheet={callSheet}
      />
      <SheetPanel
        name="What people corrected"
        read={read}
        note={() => 'What people confirmed of what was understood from calls, and what they changed.'}
        sheet={fieldSheet}
        chart={({ fields }) => (
          <LazyChart
            kind="bars"
            stacked
            label="Confirmed and corrected fields"
            rows={fields.map(({ field, ...counts }) => ({ name: plain(field), ...counts }))}
            series={[
              { key: 'confirmed', name: 'Confirmed', colour: 'var(--focus)' },
              { key: 'corrected', name: 'Corrected', colour: 'var(--p2)' },
            ]}
          />
        )}
      />
    </>
  )
}
