import { expect } from "vitest";
import { ProtocolError } from "../src/protocol-error";

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
