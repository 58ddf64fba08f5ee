/** Colours of the theme that the map is drawn in, each by the token it is read from. */
const tokens = {
  land: '--map-land',
  water: '--map-water',
  park: '--map-park',
  street: '--map-street',
  streetEdge: '--map-street-edge',
  main: '--map-main',
  mainEdge: '--map-main-edge',
  major: '--map-major',
  majorEdge: '--map-major-edge',
  name: '--map-name',
  district: '--map-district',
  panel: '--panel',
  edge: '--edge',
  text: '--text',
  text2: '--text-2',
  focus: '--focus',
  p1: '--p1',
  p1On: '--p1-on',
  p1Text: '--p1-text',
  p2: '--p2',
  p2On: '--p2-on',
  free: '--unit-free',
  freeOn: '--unit-free-on',
  freeEdge: '--unit-free-edge',
  sent: '--unit-sent',
  sentOn: '--unit-sent-on',
} as const

export type Colours = { readonly [Name in keyof typeof tokens]: string }

/** Reads the tokens as the page shows them now; light-dark() is resolved by the browser. */
export function readColours(inside: HTMLElement): Colours {
  const probe = document.createElement('i')
  inside.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const found = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, read(token)]))
  probe.remove()
  return found as Colours
}
