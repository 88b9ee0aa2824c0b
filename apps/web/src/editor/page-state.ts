import { CloseCode } from "@scriptorium/protocol";
import type { Outage } from "../collaboration/useOutage";

/**
 * What the editor's page is: the editor itself, waiting for a text, or one of the reasons why there is none to show.
 * A text that is on this device is always shown, whatever the server says.
 */
export type PageState = "writing" | "loading" | "missing" | "deleted" | "refused" | "unreachable";

interface PageFacts {
  readonly ready: boolean;
  readonly outage: Outage | undefined;
  /** The API answered that there is no such document. */
  readonly unknownToApi: boolean;
}

export function pageState({ ready, outage, unknownToApi }: PageFacts): PageState {
  if (ready) return "writing";
  if (outage?.state === "closed") {
    if (outage.code === CloseCode.notFound) return "missing";
    // The visit is about to start afresh.
    if (outage.code === CloseCode.staleEpoch) return "loading";
    return outage.code === CloseCode.deleted ? "deleted" : "refused";
  }
  if (unknownToApi) return "missing";
  return outage?.state === "offline" ? "unreachable" : "loading";
}
