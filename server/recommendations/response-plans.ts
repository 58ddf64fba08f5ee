import { type EmergencyType, emergencyTypes } from '@toneout/contract/model/call.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import type { PlannedNeeds } from '@toneout/contract/model/response-plan.ts'
import type { ResponsePlan } from './rules.ts'

export type ResponsePlans = Readonly<Record<EmergencyType, Readonly<Record<Priority, ResponsePlan>>>>

/**
 * What is sent while a centre has not set plans of its own. BASIC stands for any ambulance, since stronger
 * ones do its work. A medical director decides what is right for a place; these are defaults from the
 * literature named with each, and from convention where it says so.
 */
export const responsePlans: ResponsePlans = {
  MEDICAL: {
    1: {
      needs: ['ADVANCED', 'BASIC'],
      why: 'By convention a threat to life gets advanced care and four hands; whoever is nearest begins.',
    },
    2: { needs: ['ADVANCED'], why: 'By convention what may become a threat to life gets advanced care.' },
    3: { needs: ['BASIC'], why: 'By convention no threat to life is seen, so any ambulance will do.' },
    4: { needs: ['BASIC'], why: 'By convention routine work is for any ambulance.' },
  },
  TRAUMA: {
    1: {
      needs: ['ADVANCED', 'BASIC'],
      why: 'By convention airway and haemorrhage need four hands; whoever is nearest begins.',
    },
    2: {
      needs: ['BASIC'],
      why: 'Advanced care did not raise survival in major trauma (OPALS, CMAJ 2008), so the nearest goes.',
    },
    3: { needs: ['BASIC'], why: 'By convention splinting and transport are for any ambulance.' },
    4: { needs: ['BASIC'], why: 'By convention routine work is for any ambulance.' },
  },
  CARDIAC: {
    1: {
      needs: ['ADVANCED', 'BASIC'],
      why: 'One ADVANCED, and the nearest of any to defibrillate early (OPALS, NEJM 2004).',
    },
    2: {
      needs: ['ADVANCED'],
      why: 'Chest pain gets a 12-lead ECG in 10 minutes (ACC/AHA guideline 2025), by convention from ALS.',
    },
    3: {
      needs: ['ADVANCED'],
      why: 'By convention a heart is monitored on the way, also when it seems calm.',
    },
    4: { needs: ['BASIC'], why: 'By convention routine work is for any ambulance.' },
  },
  STROKE: {
    1: {
      needs: ['ADVANCED', 'BASIC'],
      why: 'By convention a failing airway needs advanced care; the nearest begins, since time is brain.',
    },
    2: {
      needs: ['BASIC'],
      why: 'Treatment is at the hospital and fades with time (AHA/ASA guideline 2019), so the nearest goes.',
    },
    3: {
      needs: ['BASIC'],
      why: 'The same holds for milder signs: time to the hospital counts, not the crew.',
    },
    4: { needs: ['BASIC'], why: 'By convention routine work is for any ambulance.' },
  },
  RESPIRATORY: {
    1: {
      needs: ['ADVANCED', 'BASIC'],
      why: 'Advanced care lowered deaths in respiratory distress (OPALS, NEJM 2007); the nearest begins.',
    },
    2: {
      needs: ['ADVANCED'],
      why: 'Advanced care lowered deaths in respiratory distress (OPALS, NEJM 2007).',
    },
    3: { needs: ['BASIC'], why: 'By convention oxygen and transport are for any ambulance.' },
    4: { needs: ['BASIC'], why: 'By convention routine work is for any ambulance.' },
  },
  FIRE: {
    1: {
      needs: ['FIRE', 'FIRE', 'ADVANCED'],
      why: 'Two go in while two stand by (29 CFR 1910.134(g)(4)), and whom they find may need ALS.',
    },
    2: {
      needs: ['FIRE', 'FIRE', 'BASIC'],
      why: 'Two go in while two stand by (29 CFR 1910.134(g)(4)), with an ambulance for them by convention.',
    },
    3: { needs: ['FIRE'], why: 'By convention one crew looks and asks for more.' },
    4: { needs: ['FIRE'], why: 'By convention one crew looks and asks for more.' },
  },
  POLICE: {
    1: {
      needs: ['POLICE', 'POLICE', 'BASIC'],
      why: 'By convention nobody goes alone to violence, and an ambulance stands by for the injured.',
    },
    2: { needs: ['POLICE', 'POLICE'], why: 'By convention nobody goes alone to what may turn violent.' },
    3: { needs: ['POLICE'], why: 'By convention one patrol is enough where nobody is in danger.' },
    4: { needs: ['POLICE'], why: 'By convention one patrol is enough where nobody is in danger.' },
  },
  OTHER: {
    1: {
      needs: ['ADVANCED', 'BASIC'],
      why: 'By convention an unknown threat to life is met like a medical one.',
    },
    2: { needs: ['BASIC'], why: 'By convention the nearest ambulance looks and asks for more.' },
    3: { needs: ['BASIC'], why: 'By convention the nearest ambulance looks and asks for more.' },
    4: { needs: ['BASIC'], why: 'By convention the nearest ambulance looks and asks for more.' },
  },
}

const needsOf = (type: EmergencyType) => {
  const plans = responsePlans[type]
  return [type, { 1: plans[1].needs, 2: plans[2].needs, 3: plans[3].needs, 4: plans[4].needs }]
}

/** What the defaults send, as the setting holds it. */
export const defaultNeeds = Object.fromEntries(emergencyTypes.map(needsOf)) as PlannedNeeds

/** The plan as it is set, with the reason of the default while that is what is set. */
export function planOf(set: PlannedNeeds, type: EmergencyType, priority: Priority): ResponsePlan {
  const needs = set[type][priority]
  const { needs: usual, why } = responsePlans[type][priority]
  return { needs, why: needs.join() === usual.join() ? why : 'This centre has set what is sent.' }
}
