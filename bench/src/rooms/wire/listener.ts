/** What a client wants to know of. Bytes are views of what was received: copy what outlives the call. */
export interface Listener {
  /** A step 2, or an update of somebody else. */
  update?(update: Uint8Array, arrivedAtMs: number): void;
  awareness?(update: Uint8Array, arrivedAtMs: number): void;
  /** The first `messages` messages with updates are saved, as this server understands saving. */
  acknowledged?(messages: number, arrivedAtMs: number): void;
}
