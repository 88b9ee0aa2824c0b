import { CloseCode } from "@scriptorium/protocol";
import type { ConnectionStatus } from "@scriptorium/provider";

/**
 * What the editor's page is: the editor itself, waiting for a text, or one of the reasons why there is none to show.
 * A text that is on this device is always shown, whatever the server says.
 */
export type PageState = "writing" | "loading" | "missing" | "deleted" | "refused" | "unreachable";

interface PageFacts {
  readonly ready: boolean;
  readonly status: ConnectionStatus;
  /** The API answered that there is no such document. */
  readonly unknownToApi: boolean;
}

export function pageState({ ready, status, unknownToApi }: PageFacts): PageState {
  if (ready) return "writing";
  if (status.state === "closed") {
    if (status.code === CloseCode.notFound) return "missing";
    // The visit is about to start afresh.
    if (status.code === CloseCode.staleEpoch) return "loading";
    return status.code === CloseCode.deleted ? "deleted" : "refused";
  }
  if (unknownToApi) return "missing";
  return status.state === "offline" ? "unreachable" : "loading";
}
