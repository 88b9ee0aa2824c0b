import type { ConnectionStatus } from "@scriptorium/provider";
import { expect, test } from "vitest";
import { statusLabel } from "./status-label";

const cases: [ConnectionStatus, string][] = [
  [{ state: "connecting" }, "Connecting…"],
  [{ state: "saved" }, "Saved"],
  [{ state: "saving", edits: 4 }, "Saving…"],
  [{ state: "saving", edits: 0 }, "Saving…"],
  [{ state: "reconnecting", edits: 0 }, "Reconnecting…"],
  [{ state: "reconnecting", edits: 1 }, "Reconnecting… 1 edit not yet saved"],
  [{ state: "offline", edits: 0 }, "Offline"],
  [{ state: "offline", edits: 1 }, "Offline: 1 edit only on this device"],
  [{ state: "offline", edits: 12 }, "Offline: 12 edits only on this device"],
  [{ state: "closed", edits: 0, code: 4410, reason: "" }, "Deleted"],
  [{ state: "closed", edits: 2, code: 4413, reason: "" }, "Too large · 2 edits not saved"],
  [{ state: "closed", edits: 0, code: 4499, reason: "Moved away" }, "Moved away"],
  [{ state: "closed", edits: 0, code: 4499, reason: "" }, "Disconnected"],
];

test.each(cases)("%j reads %s", (status, text) => {
  expect(statusLabel(status).text).toBe(text);
});

test("no state but saved claims that everything is saved", () => {
  for (const [status] of cases) {
    expect(statusLabel(status).text.startsWith("Saved")).toBe(status.state === "saved");
  }
});
