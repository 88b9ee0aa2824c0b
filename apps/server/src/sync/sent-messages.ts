import { MessageType } from "@scriptorium/protocol";
import type { SentType, Traffic } from "../observability/traffic";

const compressedBit = 0x40;

/** Counts the messages in frames that are written to a client. A large one may have its head in a part of its own. */
export function countSent(frames: readonly Uint8Array[], traffic: Traffic): void {
  if (!traffic.isCounted) return;
  for (let index = 0; index < frames.length; index++) {
    const part = frames[index];
    if (part === undefined) continue;
    const type = countPart(part, traffic);
    const rest = isHeadAlone(part) ? frames[++index] : undefined;
    if (rest !== undefined) traffic.sent(type, 0, rest.length);
  }
}

/** The same for one frame that is written whole. */
export function countSentFrame(frame: Uint8Array, traffic: Traffic): void {
  if (traffic.isCounted) countPart(frame, traffic);
}

function countPart(part: Uint8Array, traffic: Traffic): SentType {
  const type = typeOf(part);
  traffic.sent(type, 1, part.length);
  return type;
}

/** Whether the payload, or most of it, is in another part. */
function isHeadAlone(part: Uint8Array): boolean {
  const length = part[1] ?? 0;
  // A head, with that of an update behind it, has at most 20 bytes; a payload whose length needs more than one, 126.
  return length < 126 ? part.length < 2 + length : part.length < 126;
}

function typeOf(frame: Uint8Array): SentType {
  // What is sent compressed is the content of a document.
  if (((frame[0] ?? 0) & compressedBit) !== 0) return "update";
  const length = frame[1] ?? 0;
  const payload = length < 126 ? 2 : length === 126 ? 4 : 10;
  switch (frame[payload]) {
    case MessageType.sync:
      return syncTypes[frame[payload + 1] ?? 2] ?? "update";
    case MessageType.awareness:
      return "awareness";
    case MessageType.durable:
      return "durable";
    default:
      return "event";
  }
}

const syncTypes: readonly SentType[] = ["step1", "step2", "update"];
