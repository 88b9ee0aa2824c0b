import { useEffect } from "react";
import { strings } from "./strings";

/** Names the browser's tab; without a name it is the product's. */
export function usePageTitle(title?: string): void {
  useEffect(() => {
    document.title = title === undefined ? strings.product : `${title} · ${strings.product}`;
  }, [title]);
}
