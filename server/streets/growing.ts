type Column = Int32Array | Uint32Array | Uint8Array | Float32Array | Float64Array
type Make<T extends Column> = new (length: number) => T

/** A column of numbers whose length is not known beforehand; doubles when it is full. */
export function growingColumn<T extends Column>(make: Make<T>) {
  let room = new make(1_024)
  let length = 0
  return {
    push(value: number): void {
      if (length === room.length) {
        const wider = new make(room.length * 2)
        wider.set(room)
        room = wider
      }
      room[length] = value
      length += 1
    },
    at: (index: number) => room[index] as number,
    length: () => length,
    /** What was pushed; on the same memory. */
    done: () => room.subarray(0, length) as T,
  }
}

/** Texts one after the other in UTF-8, with where each begins. */
export function growingTexts() {
  const encoder = new TextEncoder()
  let bytes = new Uint8Array(4_096)
  let used = 0
  const starts = growingColumn(Uint32Array)
  starts.push(0)
  return {
    push(text: string): void {
      if (bytes.length - used < text.length * 3) {
        const wider = new Uint8Array(Math.max(bytes.length * 2, used + text.length * 3))
        wider.set(bytes)
        bytes = wider
      }
      used += encoder.encodeInto(text, bytes.subarray(used)).written
      starts.push(used)
    },
    bytes: () => bytes.slice(0, used),
    starts: () => starts.done().slice(),
  }
}
