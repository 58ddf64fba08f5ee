import { loadScenario } from '../scenario.ts'
import { openTimetable } from '../timetable.ts'
import { openWorld } from '../world.ts'

/** A clock at its beginning and a city on an ordinary morning. */
export const openWeekday = () => ({ timetable: openTimetable(0), world: openWorld(loadScenario('weekday')) })
