import type { BaseMap } from '@toneout/contract/model/base-map.ts'
import type { GeoJSONSource, MapMouseEvent, StyleSpecification } from 'maplibre-gl'
import { Map as GlMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { isAttended } from '../access/attended.ts'
import { readColours } from './colours.ts'
import { drawIcon, scale } from './icons.ts'
import { type Box, boundsOf, type Snapshot } from './snapshot.ts'
import { buildStyle, type MarkName, markNames } from './style.ts'

// A file of ours: the page's policy allows no script from anywhere else.
setWorkerUrl(workerUrl)

export type Picked = { kind: MarkName; id: number }

export type DrawingOptions = {
  base: BaseMap
  outside: StyleSpecification | null
  snapshot: Snapshot
  /** Looked at and never moved. */
  isStill: boolean
  onPick: (picked: Picked | null) => void
  /** Whether somebody has moved the map by hand since it was last fitted. */
  onLock: (locked: boolean) => void
  onFault: (words: string | null) => void
}

const calm = window.matchMedia('(prefers-reduced-motion: reduce)')
/** How near to a mark a press must be, in pixels. */
const reach = 6
/** Pictures of marks kept at most; ages and numbers come and go. */
const mostIcons = 3_000
const margins = { top: 48, bottom: 56, left: 32, right: 56 }
const closest = 14.5

/** The map itself. It knows marks and pictures, and nothing of where they come from. */
export class Drawing {
  #map: GlMap
  #options: DrawingOptions
  #snapshot: Snapshot
  #colours: ReturnType<typeof readColours>
  #locked = false
  #fitted = false
  /** Selected, and not known here yet where it is. */
  #awaited: number | null = null

  constructor(container: HTMLElement, options: DrawingOptions) {
    this.#options = options
    this.#snapshot = options.snapshot
    this.#colours = readColours(container)
    const box = this.#box()
    this.#fitted = boundsOf(this.#snapshot) !== null
    this.#map = new GlMap({
      container,
      style: this.#style(),
      ...(box ? { bounds: box, fitBoundsOptions: { padding: margins, maxZoom: closest } } : {}),
      attributionControl: false,
      interactive: !options.isStill,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: { 'Map.Title': 'Units and incidents on the map' },
      // Tiles that come by themselves must not keep the session of somebody who has left.
      transformRequest: (url) => ({
        url,
        headers: this.#isOurs(url) && !isAttended() ? { 'x-unattended': '1' } : {},
      }),
    })
    this.#map.touchZoomRotate.disableRotation()
    this.#map.keyboard.disableRotation()
    this.#listen()
  }

  #isOurs = (url: string) => url.startsWith(window.location.origin)

  #style() {
    const { base, outside } = this.#options
    const { origin } = window.location
    return buildStyle({ base, outside, colours: this.#colours, snapshot: this.#snapshot, origin })
  }

  #box = (): Box | null =>
    boundsOf(this.#snapshot) ?? ((this.#options.base.source?.bounds ?? null) as Box | null)

  #listen() {
    const map = this.#map
    map.setMissingStyleImageResolver(async (id) => this.#addIcon(id))
    if (!this.#options.isStill) this.#listenToHands()
    map.on('error', () => this.#options.onFault('Parts of the map could not be loaded.'))
    map.on('webglcontextlost', () => this.#options.onFault('The map has stopped; the lists go on.'))
    map.on('webglcontextrestored', () => this.#options.onFault(null))
  }

  #listenToHands() {
    const map = this.#map
    map.on('click', (event) => this.#options.onPick(this.#at(event)))
    map.on('mousemove', (event) => {
      map.getContainer().dataset.over = String(this.#at(event) !== null)
    })
    map.on('movestart', ({ originalEvent }) => {
      if (originalEvent) this.#lock(true)
    })
  }

  #lock(locked: boolean) {
    if (locked === this.#locked) return
    this.#locked = locked
    this.#options.onLock(locked)
  }

  #addIcon(id: string) {
    const drawn = this.#map.hasImage(id) ? undefined : drawIcon(id, this.#colours)
    if (!drawn) return
    this.#map.addImage(id, drawn, { pixelRatio: scale })
    const all = this.#map.listImages()
    if (all.length > mostIcons) this.#dropIcons(all)
  }

  /** Of the pictures only those stay that something shows now. */
  #dropIcons(all: readonly string[]) {
    const shown = new Set(
      markNames.flatMap((name) => this.#snapshot[name].features.map(({ properties }) => properties.icon)),
    )
    for (const id of all) if (!shown.has(id)) this.#map.removeImage(id)
  }

  /** The mark under a press, the topmost of the nearest kind. */
  #at({ point: { x, y } }: MapMouseEvent): Picked | null {
    if (!this.#map.isStyleLoaded()) return null
    const around: [[number, number], [number, number]] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ]
    const layers = markNames.filter((name) => this.#map.getLayer(name))
    const [found] = this.#map.queryRenderedFeatures(around, { layers })
    return found ? { kind: found.layer.id as MarkName, id: Number(found.properties.id) } : null
  }

  /** Shows the centre as it is in the snapshot; only what changed is sent to be drawn. */
  draw(snapshot: Snapshot) {
    const before = this.#snapshot
    this.#snapshot = snapshot
    for (const name of [...markNames, 'route'] as const) {
      if (before[name] === snapshot[name]) continue
      this.#map.getSource<GeoJSONSource>(name)?.setData(snapshot[name])
    }
    if (!this.#fitted && boundsOf(snapshot)) this.fit()
    if (this.#awaited !== null) this.show(this.#awaited)
  }

  /** In the colours that the page has now. */
  paint() {
    this.#colours = readColours(this.#map.getContainer())
    this.#map.setStyle(this.#style())
    for (const id of this.#map.listImages()) {
      const drawn = drawIcon(id, this.#colours)
      if (drawn) this.#map.updateImage(id, drawn)
    }
  }

  /** Shows all of the centre, and follows what is selected again. */
  fit() {
    const box = this.#box()
    if (!box) return
    this.#lock(false)
    const options = { padding: margins, maxZoom: closest, animate: this.#fitted && !calm.matches }
    this.#map.fitBounds(box, options)
    this.#fitted = true
  }

  /** Goes where the incident is, unless somebody has moved the map by hand. */
  show(incidentId: number) {
    const found = this.#snapshot.incidents.features.find(({ properties }) => properties.id === incidentId)
    this.#awaited = found ? null : incidentId
    if (!found || this.#locked) return
    const center = found.geometry.coordinates as [number, number]
    const zoom = Math.max(this.#map.getZoom(), 13)
    if (calm.matches) this.#map.jumpTo({ center, zoom })
    else this.#map.easeTo({ center, zoom, duration: 500 })
  }

  zoom(by: 1 | -1) {
    this.#lock(true)
    this.#map.zoomTo(this.#map.getZoom() + by, { animate: !calm.matches })
  }

  end() {
    this.#map.remove()
  }
}
