import { CloseCode } from "@scriptorium/protocol";
import type { ConnectionStatus } from "@scriptorium/provider";
import { strings } from "../ui/strings";

export interface StatusLabel {
  readonly text: string;
  /** What the label means for the reader's words. */
  readonly hint: string;
}

/** What is said of a status. Says "Saved" for the state `saved` and for no other. */
export function statusLabel(status: ConnectionStatus): StatusLabel {
  const { hint } = strings.status;
  switch (status.state) {
    case "connecting":
      return { text: strings.status.connecting, hint: hint.connecting };
    case "saved":
      return { text: strings.status.saved, hint: hint.saved };
    case "saving":
      return { text: strings.status.saving, hint: hint.saving };
    case "reconnecting":
      return {
        text:
          status.edits === 0
            ? strings.status.reconnecting
            : strings.status.notYetSaved(strings.status.edits(status.edits)),
        hint: hint.reconnecting,
      };
    case "offline":
      return status.edits === 0
        ? { text: strings.status.offline, hint: hint.offline }
        : { text: strings.status.onlyHere(strings.status.edits(status.edits)), hint: hint.offlineEdits };
    case "closed": {
      const { reason } = closedExplanation(status.code, status.reason);
      return {
        text:
          status.edits === 0 ? reason : strings.status.closedWith(reason, strings.status.edits(status.edits)),
        hint: hint.closed,
      };
    }
  }
}

/** Why the server closed for good, in a word or two and in a sentence that says what to do. */
export function closedExplanation(
  code: number,
  reason: string,
): { readonly reason: string; readonly text: string } {
  switch (code) {
    case CloseCode.notFound:
      return strings.closed.notFound;
    case CloseCode.deleted:
      return strings.closed.deleted;
    case CloseCode.tooLarge:
      return strings.closed.tooLarge;
    case CloseCode.notSignedIn:
      return strings.closed.notSignedIn;
    case CloseCode.notAllowed:
      return strings.closed.notAllowed;
    case CloseCode.staleEpoch:
      return strings.closed.staleEpoch;
    case CloseCode.malformed:
      return strings.closed.malformed;
    default:
      return { reason: reason === "" ? strings.status.closed : reason, text: strings.status.hint.closed };
  }
}
