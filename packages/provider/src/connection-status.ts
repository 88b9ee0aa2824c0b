/**
 * How things stand between this replica and the server's disk. `edits` counts local edits that are not acknowledged
 * as durable.
 */
export type ConnectionStatus =
  /** The first connection of this provider is being made, and there is nothing to save. */
  | { readonly state: "connecting" }
  /** Connected, and every local edit is on the server's disk. */
  | { readonly state: "saved" }
  /** Connected, and edits are on their way to the disk. */
  | { readonly state: "saving"; readonly edits: number }
  /** The connection was lost; the first attempts to get it back are being made. */
  | { readonly state: "reconnecting"; readonly edits: number }
  /** An attempt to connect failed, or `disconnect` was called. Attempts go on by themselves in the former case. */
  | { readonly state: "offline"; readonly edits: number }
  /** The server closed the connection for good; `code` is one of 4400–4499. */
  | { readonly state: "closed"; readonly edits: number; readonly code: number; readonly reason: string };

/** The facts that a status is concluded from. */
export interface ConnectionFacts {
  readonly connected: boolean;
  /** Both handshakes of the present connection are through: the replica is complete, and its own edits are handed over. */
  readonly handshaken: boolean;
  readonly everHandshaken: boolean;
  /** The newest attempt to connect failed, or nobody wants a connection. */
  readonly unreachable: boolean;
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
  readonly awaitsAcknowledgement: boolean;
  readonly edits: number;
}

export function concludeStatus(facts: ConnectionFacts): ConnectionStatus {
  const { edits } = facts;
  if (facts.closed !== undefined) return { state: "closed", edits, ...facts.closed };
  if (!facts.connected && facts.unreachable) return { state: "offline", edits };
  if (!facts.connected || !facts.handshaken) {
    return facts.everHandshaken || edits > 0 ? { state: "reconnecting", edits } : { state: "connecting" };
  }
  if (edits > 0 || facts.awaitsAcknowledgement) return { state: "saving", edits };
  return { state: "saved" };
}

export function sameStatus(a: ConnectionStatus, b: ConnectionStatus): boolean {
  if (a.state !== b.state) return false;
  const editsOf = (status: ConnectionStatus) => ("edits" in status ? status.edits : 0);
  return editsOf(a) === editsOf(b);
}
