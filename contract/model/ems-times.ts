/**
 * Times of a run by the element numbers of NEMSIS v3.5, section eTimes. Those that nobody tells this server
 * stay empty: 02 (one and the same dispatcher takes the call and sends), 08, 10, 15 and 17.
 */
export const emsTimes = {
  'eTimes.01': 'PSAP Call Date/Time',
  'eTimes.02': 'Dispatch Notified Date/Time',
  'eTimes.03': 'Unit Notified by Dispatch Date/Time',
  'eTimes.04': 'Dispatch Acknowledged Date/Time',
  'eTimes.05': 'Unit En Route Date/Time',
  'eTimes.06': 'Unit Arrived on Scene Date/Time',
  'eTimes.07': 'Arrived at Patient Date/Time',
  'eTimes.08': 'Transfer of EMS Patient Care Date/Time',
  'eTimes.09': 'Unit Left Scene Date/Time',
  'eTimes.10': 'Arrival at Destination Landing Area Date/Time',
  'eTimes.11': 'Patient Arrived at Destination Date/Time',
  'eTimes.12': 'Destination Patient Transfer of Care Date/Time',
  'eTimes.13': 'Unit Back in Service Date/Time',
  'eTimes.14': 'Unit Canceled Date/Time',
  'eTimes.15': 'Unit Back at Home Location Date/Time',
  'eTimes.16': 'EMS Call Completed Date/Time',
  'eTimes.17': 'Unit Arrived at Staging Area Date/Time',
} as const
export type EmsTime = keyof typeof emsTimes
export const emsTimeNames = Object.keys(emsTimes) as [EmsTime, ...EmsTime[]]
