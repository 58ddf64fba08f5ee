import type { SettingName, SettingsChange } from '@toneout/contract/model/settings.ts'
import { reason } from '../access/ask.ts'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { inOneLine } from '../history/changes-of.ts'
import { Confirm } from '../ui/confirm.tsx'
import { stamp } from '../ui/format.ts'
import { described, lineOf } from './described.ts'
import { editors } from './editors.tsx'
import { type SettingRow, useSave, useSettingHistory } from './use-settings.ts'
import { ValueView } from './value-view.tsx'

type SideProps = { row: SettingRow; mayChange: boolean; onClose: () => void }

/** One setting: what it means, what it is, what it may be, and who set it. */
export function SettingSide({ row, mayChange, onClose }: SideProps) {
  const { name, settings, changed } = row
  const { title, meaning, limits } = described[name]
  const Editor = editors[name]
  const facts: [string, string][] = [
    ['Value', lineOf(name, settings)],
    ['Default', lineOf(name, settings.defaults)],
    ['May be', limits],
    ['In the API', name],
  ]
  if (changed !== null) {
    const by = changed.updated_by ?? 'the server'
    facts.push(['Set', `${stamp(changed.updated_at, Date.now())} by ${by}`])
  }
  return (
    <SidePanel title={title} onClose={onClose}>
      <div className="side-part">
        <p>{meaning}</p>
      </div>
      <SideFacts label={`Facts of ${title}`} facts={facts} />
      <ValueView name={name} settings={settings} />
      {mayChange && <Editor settings={settings} />}
      {mayChange && <BackToDefault row={row} />}
      {!mayChange && (
        <div className="side-part">
          <p>Admins change settings.</p>
        </div>
      )}
      <LastChanges name={name} />
    </SidePanel>
  )
}

/** As if the centre had never decided; what was set stays in the history. */
function BackToDefault({ row: { name, settings } }: Pick<SideProps, 'row'>) {
  const save = useSave()
  if (JSON.stringify(settings[name]) === JSON.stringify(settings.defaults[name])) return null
  return (
    <div className="side-part">
      <Confirm
        ask="Back to the default"
        act={`Set ${described[name].title} to the default`}
        busy={save.isPending}
        onAct={() => save.mutate({ [name]: settings.defaults[name] } as SettingsChange)}
        fault={save.error && `Not changed. ${reason(save.error)}`}
      >
        It becomes <b>{lineOf(name, settings.defaults)}</b>. What it is now stays in the history.
      </Confirm>
    </div>
  )
}

function LastChanges({ name }: { name: SettingName }) {
  const changes = useSettingHistory(name).data
  if (!changes || changes.length === 0) return null
  return (
    <section className="side-part" aria-label="Last changes">
      <h3>Last changes</h3>
      <ol className="plain-list">
        {changes.map((one) => (
          <li key={one.id}>
            <b>{one.actor.name}</b> {stamp(one.at, Date.now())}: {inOneLine(one)}
          </li>
        ))}
      </ol>
    </section>
  )
}
