import { callerNumber, message } from './raw-statements.ts'

/** Requests as bytes on the wire, with the headers that an HTTP library of an AI dispatcher sends. */
export function createRequests(port: number, key: string) {
  const head = (method: string, path: string, more: string) =>
    `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: bench\r\n` +
    `accept: application/json\r\nauthorization: Bearer ${key}\r\n${more}\r\n`
  const withBody = (method: string, path: string, body: string) => {
    const more = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
    return head(method, path, more) + body
  }
  const said = JSON.stringify({ speaker: 'CALLER', message })
  const ended = JSON.stringify({ status: 'COMPLETED' })
  return {
    open: (sid: string) =>
      withBody(
        'POST',
        '/api/calls/',
        `{"call_sid":"${sid}","caller_number":"${callerNumber}","emergency_type":"MEDICAL"}`,
      ),
    add: (sid: string) => withBody('POST', `/api/calls/${sid}/interactions/`, said),
    addSaying: (sid: string, words: string) =>
      withBody('POST', `/api/calls/${sid}/interactions/`, `{"speaker":"CALLER","message":"${words}"}`),
    complete: (sid: string) => withBody('PUT', `/api/calls/${sid}/`, ended),
    dispatch: (unit: number, incident: number) =>
      withBody('POST', '/api/dispatch/', `{"emergency_call_id":${incident},"ambulance_id":${unit}}`),
    get: (path: string) => head('GET', path, ''),
  }
}

export type Requests = ReturnType<typeof createRequests>
