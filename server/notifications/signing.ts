import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What a webhook's request is signed with: HMAC-SHA-256 over the seconds since 1970, a full stop and the
 * body, in hexadecimal, as `t=<seconds>,v1=<signature>`.
 */
export function signBody(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

/** Whether a header signs the body, no longer ago than `mostSeconds`; what a receiver does. */
export function isSigned(
  header: string,
  { secret, body, now, mostSeconds }: { secret: string; body: string; now: number; mostSeconds: number },
): boolean {
  const seconds = Number(/^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(header)?.[1] ?? Number.NaN)
  if (!(Math.abs(now - seconds) <= mostSeconds)) return false
  return timingSafeEqual(Buffer.from(signBody(secret, seconds, body)), Buffer.from(header))
}
