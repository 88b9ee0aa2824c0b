import { expect, test } from "vitest";
import { memoryStorage } from "../../../test/memory-storage";
import { openDeviceStore } from "../../ui/device-store";
import { keepViewMode, nextMode, readViewMode } from "./view-mode";

test("remembers the mode on the device, and takes what it does not know for the text", () => {
  const store = openDeviceStore(() => memoryStorage());
  expect(readViewMode(store)).toBe("text");
  keepViewMode(store, "both");
  expect(readViewMode(store)).toBe("both");
  store.set("markdown.view", "sideways");
  expect(readViewMode(store)).toBe("text");
});

test("goes through the modes that there is room for", () => {
  expect([nextMode("text", true), nextMode("both", true), nextMode("preview", true)]).toEqual([
    "both",
    "preview",
    "text",
  ]);
  expect([nextMode("text", false), nextMode("preview", false)]).toEqual(["preview", "text"]);
});
