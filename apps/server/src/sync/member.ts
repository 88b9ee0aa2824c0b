import type { DocumentEvent } from "@scriptorium/protocol";
import type { Person } from "./person";

/** What a room needs of a session. Frames are whole WebSocket frames, shared by all who get them. */
export interface Member {
  /** How many of its messages may be acknowledged as soon as all that the room took is durable. */
  readonly acknowledgeable: number;
  /** Sends edits of others, through the record at `position`: unless it still waits for older ones. */
  sendUpdates(frames: readonly Uint8Array[], position: number): void;
  /** Sends what is of no use any more when it comes late. */
  sendAwareness(frame: Uint8Array): void;
  sendEvent(event: DocumentEvent): void;
  /** The first `messages` messages that carried updates are on disk; `revision` is the document's newest durable one. */
  acknowledge(messages: number, revision: bigint): void;
  /** All that the room took is on disk, and `frame` says so. */
  noteDurable(frame: Uint8Array): void;
  /** Its client says who it is. */
  identify(person: Person): void;
  close(code: number, reason: string): void;
}
