import type { ConnectionStatus } from "@scriptorium/provider";

/**
 * The status of one tab, without contradicting the others' of the same document: while the server is out of reach each
 * says how many edits wait on the device. A tab that opened later counts those of an earlier one among its own, so that
 * the larger of two counts is told, and not their sum.
 */
export function deviceStatus(status: ConnectionStatus, editsElsewhere: number): ConnectionStatus {
  if (status.state !== "offline" && status.state !== "reconnecting") return status;
  return editsElsewhere > status.edits ? { ...status, edits: editsElsewhere } : status;
}
