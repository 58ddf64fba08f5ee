import { SoundIcon } from '../ui/icons.tsx'
import { nextVolume, useVolume } from './tones.ts'

/** Shows and changes how loud the alarms of this desk are; each press sounds. */
export function SoundButton() {
  const volume = useVolume()
  const words = `Sound at ${volume * 100} %, change and hear it`
  return (
    <button type="button" className="rail-button" aria-label={words} title={words} onClick={nextVolume}>
      <SoundIcon level={volume} />
    </button>
  )
}
