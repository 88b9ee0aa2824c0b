import { expect, test } from "vitest";
import { deviceStatus } from "./device-status";

test("tells of edits that another tab keeps, while there is no connection", () => {
  expect(deviceStatus({ state: "offline", edits: 0 }, 5)).toEqual({ state: "offline", edits: 5 });
  expect(deviceStatus({ state: "reconnecting", edits: 2 }, 5)).toEqual({ state: "reconnecting", edits: 5 });
});

test("says nothing new where this tab has all of them, or a connection of its own", () => {
  for (const status of [
    { state: "offline", edits: 7 },
    { state: "saved" },
    { state: "saving", edits: 1 },
    { state: "closed", edits: 1, code: 4410, reason: "" },
  ] as const) {
    expect(deviceStatus(status, 5)).toBe(status);
  }
});
