import type { DocumentEvent } from "@scriptorium/protocol";

/** What a room needs of a session. */
export interface Member {
  /** Whether it wants edits of others: only once its own first sync was answered. */
  readonly receivesUpdates: boolean;
  /** How many of its messages may be acknowledged as soon as all that the room took is durable. */
  readonly acknowledgeable: number;
  send(frame: Uint8Array): void;
  sendEvent(event: DocumentEvent): void;
  /** The first `messages` messages that carried updates are on disk; `revision` is the document's newest durable one. */
  acknowledge(messages: number, revision: bigint): void;
  close(code: number, reason: string): void;
}
