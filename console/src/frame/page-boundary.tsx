import { Component, type ReactNode } from 'react'

type BoundaryState = { isBroken: boolean }

/** A page whose file could not be loaded, or which broke as a whole. Loading all again brings it back. */
export class PageBoundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { isBroken: false }

  static getDerivedStateFromError(): BoundaryState {
    return { isBroken: true }
  }

  override render() {
    if (!this.state.isBroken) return this.props.children
    return (
      <main className="alone">
        <div role="alert">
          <h1>This page could not be shown</h1>
          <p>Its file could not be loaded, or it stopped because of a fault.</p>
        </div>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </main>
    )
  }
}
