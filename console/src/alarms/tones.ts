import { createStore } from '../ui/store.ts'
import type { Tone } from './alarms-of.ts'

/** Hertz and seconds of each beep. */
const beeps: Record<Tone, readonly (readonly [number, number])[]> = {
  // Up and down like a siren, and longer than any other: nothing else sounds like it.
  duress: [
    [660, 0.22],
    [990, 0.22],
    [660, 0.22],
    [990, 0.22],
    [660, 0.22],
    [1320, 0.5],
  ],
  first: [
    [988, 0.16],
    [740, 0.16],
    [988, 0.16],
    [740, 0.16],
  ],
  person: [
    [523, 0.2],
    [659, 0.2],
    [784, 0.28],
  ],
  other: [[587, 0.24]],
}

/** How often each sounds again while nobody has said that they have seen it. */
export const repeatMs: Record<Tone, number> = { duress: 4_000, first: 10_000, person: 10_000, other: 10_000 }

/** Kept in this browser, which is a desk's. It is never off: a desk that does not sound helps nobody. */
const volumes = [1, 0.5, 0.2] as const
const storageKey = 'toneout.volume'

function storedVolume(): number {
  try {
    const stored = Number(localStorage.getItem(storageKey))
    return volumes.find((one) => one === stored) ?? 1
  } catch {
    return 1
  }
}

const volume = createStore<number>(storedVolume())
let audio: AudioContext | undefined

/** A page may sound only after somebody has touched it; before, this asks for it and says that it may not. */
export function sound(tone: Tone): boolean {
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume()
  let at = audio.currentTime
  for (const [hertz, seconds] of beeps[tone]) {
    const [source, gain] = [audio.createOscillator(), audio.createGain()]
    source.frequency.value = hertz
    // Swells and fades, because a hard edge clicks.
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(volume.now() * 0.4, at + 0.01)
    gain.gain.setValueAtTime(volume.now() * 0.4, at + seconds - 0.03)
    gain.gain.linearRampToValueAtTime(0, at + seconds)
    source.connect(gain).connect(audio.destination)
    source.start(at)
    source.stop(at + seconds)
    at += seconds + 0.05
  }
  return audio.state === 'running'
}

/** The next volume, with a tone to hear it by. */
export function nextVolume() {
  const next = volumes[(volumes.indexOf(volume.now() as 1) + 1) % volumes.length]!
  try {
    localStorage.setItem(storageKey, String(next))
  } catch {
    // Storage can be forbidden; the volume then holds until the page is left.
  }
  volume.set(next)
  sound('other')
}

export const useVolume = volume.use
