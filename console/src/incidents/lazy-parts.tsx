import { type ComponentProps, lazy, Suspense } from 'react'

// Not what one looks at first, so the page does not wait for it.
const Place = lazy(async () => ({ default: (await import('./place-form.tsx')).PlaceForm }))
const Raise = lazy(async () => ({ default: (await import('./raise-form.tsx')).RaiseForm }))
const Close = lazy(async () => ({ default: (await import('./close-form.tsx')).CloseForm }))

export const PlaceForm = (props: ComponentProps<typeof Place>) => (
  <Suspense fallback={null}>
    <Place {...props} />
  </Suspense>
)

export const RaiseForm = (props: ComponentProps<typeof Raise>) => (
  <Suspense fallback={<p className="call-incident">No incident yet</p>}>
    <Raise {...props} />
  </Suspense>
)

export const CloseForm = (props: ComponentProps<typeof Close>) => (
  <Suspense fallback={null}>
    <Close {...props} />
  </Suspense>
)
