import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEventReader, sayNumber } from './event-reader.ts'
import { createReplyReader } from './reply-reader.ts'

/** The bytes cut into pieces of `size`, each in the same buffer as the one before, as sockets read. */
function feed(text: string, size: number, read: (chunk: Buffer) => void): void {
  const bytes = Buffer.from(text)
  const shared = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const copied = bytes.copy(shared, 0, at, at + size)
    read(shared.subarray(0, copied))
  }
}

const sizes = [1, 3, 7, 64, 10_000]

test('a reply is over after its body, however it is cut', () => {
  const reply = (status: number, body: string) =>
    `HTTP/1.1 ${status} Word\r\nx-a: b\r\ncontent-length: ${body.length}\r\nx-b: c\r\n\r\n${body}`
  for (const size of sizes) {
    const seen: number[] = []
    const read = createReplyReader((status) => seen.push(status))
    feed(reply(201, '{"a":1}'), size, read)
    feed(reply(200, ''), size, read)
    feed(reply(404, 'x'.repeat(300)), size, read)
    assert.deepEqual(seen, [201, 200, 404])
  }
})

test('a reply without a length, or more than one reply, is refused', () => {
  const read = createReplyReader(() => {})
  assert.throws(() => read(Buffer.from('HTTP/1.1 200 OK\r\n\r\ncontent-length: 0')), /content-length/)
  const one = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'
  assert.throws(() => createReplyReader(() => {})(Buffer.from(one + one)), /more than/)
})

test('each numbered utterance is heard once, however the stream is cut', () => {
  const event = (n: number) => `id: ${n}\nevent: fact\ndata: {"x":{"message":"${sayNumber(n)}"}}\n\n`
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
  const hello = `HTTP/1.1 200 OK\r\nx: y\r\n\r\n${chunk('id: 4\nevent: hello\ndata: {}\n\n')}`
  const text =
    hello + chunk(event(1) + event(23)) + chunk('event: heartbeat\ndata: {}\n\n') + chunk(event(9_999_999))
  for (const size of sizes) {
    let greetings = 0
    const heard: number[] = []
    const read = createEventReader({ hello: () => (greetings += 1), said: (n) => heard.push(n) })
    feed(text, size, read)
    assert.deepEqual([greetings, heard], [1, [1, 23, 9_999_999]], `pieces of ${size}`)
  }
})
