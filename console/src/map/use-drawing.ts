import type { BaseMap } from '@toneout/contract/model/base-map.ts'
import type { StyleSpecification } from 'maplibre-gl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTheme } from '../ui/theme.ts'
import { Drawing, type Picked } from './drawing.ts'
import { type Moment, type Snapshot, type Taken, takeSnapshot } from './snapshot.ts'

/** The map is drawn at most twice a second, however many units move. */
const drawEveryMs = 500

type Ground = { base: BaseMap; outside: StyleSpecification | null }
export type DrawingState = {
  locked: boolean
  fault: string | null
  picked: Picked | null
  /** How much is drawn, and how many incidents cannot be. */
  counts: { units: number; incidents: number; unplaced: number }
}

const nothing = { units: 0, incidents: 0, unplaced: 0 }
const atFirst: DrawingState = { locked: false, fault: null, picked: null, counts: nothing }

const countsOf = ({ units, incidents, unplaced }: Snapshot) => ({
  units: units.features.length,
  incidents: incidents.features.length,
  unplaced,
})

/** Takes snapshots, each as like the one before as it can be. */
function createTaker(read: () => Moment) {
  let last: Taken | undefined
  return (): Snapshot => {
    const moment = read()
    const snapshot = takeSnapshot(moment, last)
    last = { moment, snapshot }
    return snapshot
  }
}

type DrawingProps = {
  place: RefObject<HTMLElement | null>
  ground: Ground
  /** Looked at and never moved. */
  isStill: boolean
  read: () => Moment
}

/** Keeps a drawing of the centre in the place; what cannot be drawn is told and stops nothing else. */
export function useDrawing({ place, ground, isStill, read }: DrawingProps) {
  const [state, setState] = useState(atFirst)
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const { base, outside } = ground
  const theme = useTheme()
  const painted = useRef(theme)

  useEffect(() => {
    const change = (part: Partial<DrawingState>) => setState((before) => ({ ...before, ...part }))
    const take = createTaker(read)
    let made: Drawing
    try {
      made = new Drawing(place.current!, {
        ...{ base, outside, isStill, snapshot: take() },
        onPick: (picked) => change({ picked }),
        onLock: (locked) => change({ locked }),
        onFault: (fault) => change({ fault }),
      })
    } catch {
      change({ fault: 'This browser cannot draw the map (no WebGL). Lists and commands work without it.' })
      return
    }
    setDrawing(made)
    let counted = nothing
    const timer = setInterval(() => {
      const snapshot = take()
      made.draw(snapshot)
      const counts = countsOf(snapshot)
      if (JSON.stringify(counts) !== JSON.stringify(counted)) change({ counts })
      counted = counts
    }, drawEveryMs)
    return () => {
      clearInterval(timer)
      setDrawing(null)
      made.end()
    }
  }, [place, base, outside, isStill, read])

  useEffect(() => {
    if (!drawing || painted.current === theme) return
    painted.current = theme
    drawing.paint()
  }, [drawing, theme])
  return { drawing, ...state }
}
