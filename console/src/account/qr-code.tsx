import { encode } from 'uqr'
import { darkPath } from './dark-path.ts'

/** Cameras want four light modules around it (ISO/IEC 18004), and black on white in either theme. */
const quiet = 4

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: quiet })
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#ffffff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000000" d={darkPath(data)} />
    </svg>
  )
}
