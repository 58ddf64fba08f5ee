/** One request of the benchmark's call: sent as JSON, in order, each after the reply to the one before. */
export type LifecycleRequest = { method: 'POST' | 'PUT'; path: string; body: object; status: number }
export type Send = (method: string, path: string, body: object) => Promise<{ status: number }>

/**
 * The workload `lifecycle` of docs/benchmarks.md: open a call, six turns of two lines each, complete it.
 * 14 requests.
 */
export function lifecycleRequests(callSid: string): LifecycleRequest[] {
  const path = `/api/calls/${encodeURIComponent(callSid)}/`
  const opening = { call_sid: callSid, caller_number: '+15555550142', emergency_type: 'MEDICAL' }
  return [
    { method: 'POST', path: '/api/calls/', body: opening, status: 201 },
    ...lines.map(([speaker, message]) => ({
      method: 'POST' as const,
      path: `${path}interactions/`,
      body: { speaker, message },
      status: 201,
    })),
    { method: 'PUT', path, body: ending, status: 200 },
  ]
}

/**
 * Plays it through any client, a raw pipelined one too; resolves to the number of requests. Throws on a
 * refusal.
 */
export async function playLifecycle(callSid: string, send: Send): Promise<number> {
  const requests = lifecycleRequests(callSid)
  for (const { method, path, body, status } of requests) {
    const reply = await send(method, path, body)
    if (reply.status !== status) throw new Error(`${method} ${path} answered ${reply.status}, not ${status}`)
  }
  return requests.length
}

const lines = [
  ['CALLER', "It's 214 Kestrel Street, my dad fell and he can't get up."],
  ['SYSTEM', 'I have 214 Kestrel Street, near Tern Avenue. Is that right?'],
  ['CALLER', "Yes. He's seventy-nine."],
  ['SYSTEM', 'Is he awake and breathing normally?'],
  ['CALLER', "He's awake. His hip hurts a lot, the leg looks turned."],
  ['SYSTEM', 'Do not move him. Did he hit his head?'],
  ['CALLER', "I don't think so. He slipped on the rug."],
  ['SYSTEM', 'An ambulance is being sent. Is there any serious bleeding?'],
  ['CALLER', 'No. Just a scrape on the elbow.'],
  ['SYSTEM', 'Keep him warm and still. Unlock the front door for the crew.'],
  ['CALLER', 'Okay. I can hear the siren.'],
  ['SYSTEM', 'Good. Let them take over now. You did well.'],
] as const

const ending = {
  status: 'COMPLETED',
  location: '214 Kestrel Street, Saltmarsh',
  emergency_type: 'TRAUMA',
  priority_level: 'MEDIUM',
  latitude: 44.608198,
  longitude: -127.520884,
}
