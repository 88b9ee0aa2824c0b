import { expect, test } from "vitest";
import { type ConnectionFacts, concludeStatus, sameStatus } from "./connection-status";

const connected: ConnectionFacts = {
  connected: true,
  handshaken: true,
  everHandshaken: true,
  unreachable: false,
  closed: undefined,
  awaitsAcknowledgement: false,
  edits: 0,
};
const apart: ConnectionFacts = { ...connected, connected: false, handshaken: false };
const fresh: ConnectionFacts = { ...apart, everHandshaken: false };
const closed = { code: 4404, reason: "there is no such document" };

test.each<[string, ConnectionFacts, ReturnType<typeof concludeStatus>]>([
  ["saved when connected with nothing on its way", connected, { state: "saved" }],
  ["saving while an edit is not acknowledged", { ...connected, edits: 2 }, { state: "saving", edits: 2 }],
  [
    "saving while a handshake without edits is not acknowledged",
    { ...connected, awaitsAcknowledgement: true },
    { state: "saving", edits: 0 },
  ],
  ["connecting at first", fresh, { state: "connecting" }],
  ["connecting while the first handshake goes on", { ...fresh, connected: true }, { state: "connecting" }],
  ["reconnecting at first with edits to save", { ...fresh, edits: 3 }, { state: "reconnecting", edits: 3 }],
  ["reconnecting after a connection was lost", apart, { state: "reconnecting", edits: 0 }],
  [
    "reconnecting until the new connection's handshakes are through",
    { ...apart, connected: true, edits: 1, awaitsAcknowledgement: true },
    { state: "reconnecting", edits: 1 },
  ],
  [
    "offline when the server cannot be reached",
    { ...apart, unreachable: true, edits: 4 },
    { state: "offline", edits: 4 },
  ],
  ["offline when the first attempt failed", { ...fresh, unreachable: true }, { state: "offline", edits: 0 }],
  ["closed with code and reason", { ...apart, closed, edits: 1 }, { state: "closed", edits: 1, ...closed }],
  [
    "closed rather than offline",
    { ...apart, closed, unreachable: true },
    { state: "closed", edits: 0, ...closed },
  ],
])("is %s", (_title, facts, status) => {
  expect(concludeStatus(facts)).toEqual(status);
});

test("tells statuses apart by state and by number of edits", () => {
  expect(sameStatus({ state: "saved" }, { state: "saved" })).toBe(true);
  expect(sameStatus({ state: "saving", edits: 1 }, { state: "saving", edits: 1 })).toBe(true);
  expect(sameStatus({ state: "saving", edits: 1 }, { state: "saving", edits: 2 })).toBe(false);
  expect(sameStatus({ state: "saving", edits: 0 }, { state: "saved" })).toBe(false);
  expect(sameStatus({ state: "offline", edits: 1 }, { state: "reconnecting", edits: 1 })).toBe(false);
});
