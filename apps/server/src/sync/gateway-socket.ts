import { CloseCode } from "@scriptorium/protocol";
import { WebSocket } from "ws";

/** What ws closes with when a message exceeds `maxPayload`. Clients take it for a reason to come back. */
const messageTooBig = 1009;

/** A server-side WebSocket that tells the sender of an oversized message to stop, rather than to try again. */
export class GatewaySocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    super.close(code === messageTooBig ? CloseCode.tooLarge : code, data);
  }
}
