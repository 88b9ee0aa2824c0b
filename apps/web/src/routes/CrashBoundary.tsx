import { Component, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { strings } from "../ui/strings";

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

/** Stands in for a page that threw, or whose code could not be loaded. */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <Notice title={strings.crash.title} text={strings.crash.text}>
        <Button onClick={() => window.location.reload()}>{strings.crash.reload}</Button>
      </Notice>
    );
  }
}
