import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";

interface OnDemandProps {
  /** What stands in its place while it is loaded; nothing by default. */
  readonly whileLoading?: ReactNode;
  /** What stands in its place where it cannot be shown; nothing by default. */
  readonly ifFailed?: ReactNode;
  readonly onFailure?: (() => void) | undefined;
}

/**
 * A component whose code is loaded when it is first shown. Where it cannot be had, without a network for instance, the
 * page around it stays. Browsers ask only once for a script: after that only a new page can have it.
 */
export function onDemand<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props & OnDemandProps> {
  const Part: ComponentType<Props> = lazy(load);
  return (props) => (
    <PartBoundary ifFailed={props.ifFailed} onFailure={props.onFailure}>
      <Suspense fallback={props.whileLoading}>
        <Part {...props} />
      </Suspense>
    </PartBoundary>
  );
}

interface PartBoundaryProps {
  readonly ifFailed: ReactNode;
  readonly onFailure: OnDemandProps["onFailure"];
  readonly children: ReactNode;
}

class PartBoundary extends Component<PartBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    this.props.onFailure?.();
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.ifFailed : this.props.children;
  }
}
