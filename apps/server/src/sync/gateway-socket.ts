import { CloseCode } from "@scriptorium/protocol";
import { WebSocket } from "ws";
import type { Session } from "./session";

/** What ws closes with when a message exceeds `maxPayload`. Clients take it for a reason to come back. */
const messageTooBig = 1009;

/** A server-side WebSocket that tells the sender of an oversized message to stop, rather than to try again. */
export class GatewaySocket extends WebSocket {
  /** Whose socket it is, once it was let in. Kept here so that listeners need no closure per connection. */
  session: Session | undefined;

  override close(code?: number, data?: string | Buffer): void {
    super.close(code === messageTooBig ? CloseCode.tooLarge : code, data);
  }
}
