let audio: AudioContext | undefined

/** Browsers let a page sound only after somebody touched it; called with every touch. */
export function allowSound(): void {
  audio ??= 'AudioContext' in window ? new AudioContext() : undefined
  if (audio?.state === 'suspended') void audio.resume().catch(() => {})
}

export const maySound = (): boolean => audio?.state === 'running'

function tone(at: number, hertz: number, seconds: number): void {
  if (!audio) return
  const [source, volume] = [audio.createOscillator(), audio.createGain()]
  source.frequency.value = hertz
  volume.gain.setValueAtTime(0.0001, at)
  volume.gain.exponentialRampToValueAtTime(0.5, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds)
  source.connect(volume).connect(audio.destination)
  source.start(at)
  source.stop(at + seconds)
}

/** Two rising tones and a shake of the phone, once. */
export function sound(): void {
  // A page nobody has touched yet may not shake the phone either.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([300, 150, 300])
  if (audio?.state !== 'running') return
  tone(audio.currentTime, 660, 0.35)
  tone(audio.currentTime + 0.4, 880, 0.45)
}
