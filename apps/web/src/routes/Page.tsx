import { type ReactNode, Suspense } from "react";
import type { PageCode } from "./page-code";

interface PageProps<Props extends object> {
  readonly code: PageCode<Props>;
  readonly props: Props;
  readonly whileLoading?: ReactNode;
}

/**
 * A page whose code may have to be loaded. Where it is there it is shown at once: React would hold back what has to wait
 * even for a moment for 300 ms, so that nothing flickers.
 */
export function Page<Props extends object>({ code, props, whileLoading }: PageProps<Props>) {
  const { loaded: Loaded, waiting: Waiting } = code;
  if (Loaded !== undefined) return <Loaded {...props} />;
  return (
    <Suspense fallback={whileLoading}>
      <Waiting {...props} />
    </Suspense>
  );
}
