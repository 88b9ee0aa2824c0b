import { ProtocolError } from "@scriptorium/protocol";
import { expect } from "vitest";

/** The `ProtocolError` that `action` throws. */
export function protocolErrorOf(action: () => unknown): ProtocolError {
  try {
    action();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  return expect.fail("no ProtocolError was thrown");
}
