import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { readLanguageChoice, storeLanguageChoice } from "./language-choice";

test("is remembered where the first code of a page looks for it", () => {
  const storage = memoryStorage();
  const store = openDeviceStore(() => storage);
  expect(readLanguageChoice(store)).toBe("browser");
  storeLanguageChoice(store, "de");
  expect(readLanguageChoice(store)).toBe("de");
  expect(storage.getItem("scriptorium.interface.language")).toBe("de");
  storeLanguageChoice(store, "browser");
  expect(storage.getItem("scriptorium.interface.language")).toBeNull();
});
