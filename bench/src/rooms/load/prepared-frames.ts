import { encodeUpdate } from "@scriptorium/protocol";
import type { WireClient } from "../wire/wire-client";
import type { Edits } from "./edits";
import type { Sendable } from "./flight";

/** Edits as the frames in which one client sends them, encoded before the clock starts. */
export class PreparedFrames implements Sendable {
  readonly client: number;
  readonly clocks: Uint32Array;
  readonly #writer: WireClient;
  readonly #bytes: Buffer;
  /** Where each frame ends. */
  readonly #ends: Uint32Array;

  constructor(writer: WireClient, edits: Edits, count = edits.updates.length) {
    const frames = edits.updates.slice(0, count).map((update) => writer.frame(encodeUpdate(update)));
    this.client = edits.client;
    this.clocks = edits.clocks.subarray(0, count);
    this.#writer = writer;
    this.#bytes = Buffer.concat(frames);
    let end = 0;
    this.#ends = Uint32Array.from(frames, (frame) => {
      end += frame.length;
      return end;
    });
  }

  /** Sends the edits from number `from` to before number `to`, in one write. */
  send(from: number, to: number): void {
    const start = from === 0 ? 0 : (this.#ends[from - 1] ?? 0);
    const end = to === 0 ? 0 : (this.#ends[to - 1] ?? 0);
    this.#writer.sendFrames(this.#bytes.subarray(start, end), to - from);
  }
}
