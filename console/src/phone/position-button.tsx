import { chooseSharing, type Sharing, useSharing } from './position.ts'

/** A place that the server has not had for so long is not shared, whatever this phone knows. */
const freshMs = 60_000

function sharingWords({ isWanted, isOn, fault, sentAt }: Sharing, isAssigned: boolean): string {
  if (!isWanted) return 'off'
  if (!isAssigned) return 'when assigned'
  if (fault) return 'not shared'
  if (!isOn) return 'looking'
  return sentAt !== null && Date.now() - sentAt < freshMs ? 'shared' : 'not sent'
}

export function PositionButton({ isAssigned }: { isAssigned: boolean }) {
  const sharing = useSharing()
  const { isWanted, fault } = sharing
  return (
    <button
      type="button"
      aria-pressed={isWanted}
      data-fault={fault !== null}
      onClick={() => chooseSharing(!isWanted, isAssigned)}
    >
      <span>Position</span> <span className="quiet">{sharingWords(sharing, isAssigned)}</span>
    </button>
  )
}
