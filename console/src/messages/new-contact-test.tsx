import { ask, reason } from '../access/ask.ts'
import { changeQuery } from '../frame/address.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { useChannelChange } from './use-channels.ts'

/** Begins a test at once, after saying what it does. */
export function NewContactTest({ onClose }: { onClose: () => void }) {
  const start = useChannelChange(() => ask('startContactTest', {}))
  const begin = () => start.mutate(undefined, { onSuccess: ({ id }) => changeQuery({ test: String(id) }) })
  return (
    <SidePanel title="New contact test" onClose={onClose}>
      <div className="side-part">
        <p>
          Everybody who is on duty now gets a test message by every channel by which they can be reached: no
          emergency, nothing to do. Whoever is off duty gets none.
        </p>
        <button
          type="button"
          className="button primary"
          aria-disabled={start.isPending}
          onClick={() => start.isPending || begin()}
        >
          Test everybody on duty
        </button>
        <div role="alert" className="form-fault">
          {start.error && `Not begun. ${reason(start.error)}`}
        </div>
        <p>
          Tests can also begin by themselves every so many days:{' '}
          <PageLink href="/settings?search=contact">the setting of contact tests</PageLink>.
        </p>
      </div>
    </SidePanel>
  )
}
