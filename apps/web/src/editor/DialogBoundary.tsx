import { Component, type ReactNode } from "react";

interface DialogBoundaryProps {
  readonly onFailure: () => void;
  readonly children: ReactNode;
}

/** A dialog whose code cannot be had, without a network for instance, must not take the text away. */
export class DialogBoundary extends Component<DialogBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    this.props.onFailure();
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
