import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "./device-store";

test("remembers across openings, under the product's prefix", () => {
  const storage = memoryStorage();
  openDeviceStore(() => storage).set("name", "Ada");
  expect(storage.getItem("scriptorium.name")).toBe("Ada");
  expect(openDeviceStore(() => storage).get("name")).toBe("Ada");
});

test("lists only its own keys with the prefix asked for", () => {
  const storage = memoryStorage();
  storage.setItem("document.foreign", "x");
  const store = openDeviceStore(() => storage);
  store.set("document.a", "1");
  store.set("theme", "dark");
  expect(store.keys("document.")).toEqual(["document.a"]);
});

test("falls back to memory when storage is blocked or full", () => {
  const blocked = openDeviceStore(() => {
    throw new Error("denied");
  });
  blocked.set("name", "Grace");
  expect(blocked.get("name")).toBe("Grace");
  expect(blocked.keys("na")).toEqual(["name"]);
  blocked.remove("name");
  expect(blocked.get("name")).toBeUndefined();

  const full = openDeviceStore(() => memoryStorage({ full: true }));
  full.set("name", "Ada");
  expect(full.get("name")).toBe("Ada");
});
