import type { CommandAliases } from '@toneout/contract/model/desk.ts'
import { useDesk } from '../calls/use-desk.ts'
import { closeSide } from '../frame/console-side.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { plain } from '../ui/words.ts'
import { closingCodes, statusCodes, usualAliases, verbs } from './vocabulary.ts'

const keys = [
  ['Enter', 'on an empty line: dispatch the plan of the selected incident; else do what the line says'],
  ['↑ ↓', 'the incident above or below'],
  ['Alt 1 … 9', 'the incident in that row'],
  ['F2', 'the next incident that waits for a unit'],
  ['Alt ↑ ↓', 'the call above or below'],
  ['F4', 'take the call over from the AI'],
  ['F8', 'to the list of units'],
  ['F9', 'acknowledge the alarm that sounds'],
  ['Ctrl K', 'to the line, to find anything'],
  ['Ctrl Z', 'on an empty line, for 10 s: take the last dispatch back'],
  ['Tab', 'in the line: complete the word; else the next panel'],
  ['Space', 'tick a unit of the plan'],
  ['Esc', 'clear the line, close what stands beside'],
  ['F1', 'this list'],
] as const

/** Words by what they stand for: CU -> AV. The centre's own come first, and win. */
function otherWords(own: CommandAliases) {
  return Object.entries({ ...usualAliases, ...own }).sort(
    ([a], [b]) => Number(Object.hasOwn(own, b)) - Number(Object.hasOwn(own, a)),
  )
}

/** What can be pressed and what can be typed. */
export function HelpPanel() {
  const own = useDesk()?.command_aliases ?? {}
  return (
    <SidePanel title="Keys and commands" onClose={closeSide}>
      <Listed title="Keys" rows={keys} />
      <Listed
        title="Commands"
        rows={Object.values(verbs).map(({ words, example }) => [example, words] as const)}
      />
      <p className="quiet help-words">
        Capitals do not matter; blanks, dots and commas part words. The unit may come first: M03 OS. E43 is
        the incident whose number ends with 43. The line says what it will do before Enter does it.
      </p>
      <Listed
        title="Statuses, such as OS M03"
        rows={Object.entries(statusCodes).map(([code, { words }]) => [code, words] as const)}
      />
      <Listed
        title="How it ended, such as C E43 TT"
        rows={Object.entries(closingCodes).map(
          ([code, ended]) => [code, plain(ended).toLowerCase()] as const,
        )}
      />
      <Listed title="Other words for these" rows={otherWords(own)} />
    </SidePanel>
  )
}

function Listed({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    <section className="help-part">
      <h3>{title}</h3>
      <dl>
        {rows.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
