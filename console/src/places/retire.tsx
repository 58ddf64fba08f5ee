import { Confirm } from '../ui/confirm.tsx'
import { generalFault } from '../ui/fault-words.ts'

type RetireProps = {
  name: string
  retired: boolean
  change: { error: Error | null; isPending: boolean; mutate: (retire: boolean) => void }
}

/** Out of use and into it again: what happened stays with the name, so nothing is deleted. */
export function Retire({ name, retired, change }: RetireProps) {
  const fault = generalFault(change.error, [])
  if (retired) {
    return (
      <div className="side-part">
        <p>{name} is out of use.</p>
        <button
          type="button"
          className="button"
          aria-disabled={change.isPending}
          onClick={() => change.isPending || change.mutate(false)}
        >
          Take {name} into use again
        </button>
        <div role="alert" className="form-fault">
          {fault}
        </div>
      </div>
    )
  }
  return (
    <div className="side-part">
      <Confirm
        ask="Take out of use"
        act={`Take ${name} out of use`}
        busy={change.isPending}
        onAct={() => change.mutate(true)}
        fault={fault}
      >
        {name} leaves all lists and plans. What happened with it stays on record, and it can be taken into use
        again.
      </Confirm>
    </div>
  )
}
