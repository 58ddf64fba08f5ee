/**
 * What a caller hears whom the voice application did not take: that the call goes on, and then a person at
 * `number`, digits with or without a plus sign; without one, to call again.
 */
export function fallbackTwiml(number: string | undefined): string {
  const say = (words: string) => `<Say language="en-US">${words}</Say>`
  const again = say('If you need help, please hang up and call again now.')
  const body =
    number === undefined
      ? again
      : `${say('Please stay on the line. We are connecting you to a person.')}<Dial>${number}</Dial>${again}`
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${body}</Response>`
}
