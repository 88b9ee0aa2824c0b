import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { PreferenceStore } from "./preference-store";
import { applies, defaultPreferences, parsePreferences } from "./preferences";

test.each([undefined, "", "{", "null", "7", "[]", '{"font":"comic","fontSize":1e9,"wrap":true,"keys":{}}'])(
  "are the default where %j is stored",
  (stored) => {
    expect(parsePreferences(stored)).toEqual(defaultPreferences);
  },
);

test("keep what is well-formed beside what is not", () => {
  const stored = '{"font":"sans","ruler":81,"unknown":1,"keys":"vim"}';
  expect(parsePreferences(stored)).toEqual({ ...defaultPreferences, font: "sans", keys: "vim" });
});

test("apply to the texts that they are for", () => {
  expect(
    ["everywhere", "source", "prose", "nowhere"].map((scope) => applies(scope as "prose", true)),
  ).toEqual([true, false, true, false]);
  expect(applies("source", false)).toBe(true);
});

test("are remembered, and only what differs from the default", () => {
  const storage = memoryStorage();
  const store = openDeviceStore(() => storage);
  const preferences = new PreferenceStore(store);
  const before = preferences.get();
  preferences.change({ font: "sans", ruler: 80 });
  expect(before.font).toBe("mono");
  expect(new PreferenceStore(store).get()).toEqual({ ...defaultPreferences, font: "sans", ruler: 80 });
  preferences.change({ font: "mono" });
  expect(storage.getItem("scriptorium.preferences")).toBe('{"ruler":80}');
  preferences.reset();
  expect(storage.getItem("scriptorium.preferences")).toBeNull();
});

test("tell of each change until one stops listening", () => {
  const preferences = new PreferenceStore(openDeviceStore(() => memoryStorage()));
  let told = 0;
  const stop = preferences.subscribe(() => told++);
  preferences.change({ keys: "vim" });
  preferences.change({ keys: "vim" });
  expect(told).toBe(1);
  stop();
  preferences.reset();
  expect(told).toBe(1);
});

test("follow another tab", () => {
  const storage = memoryStorage();
  const [one, other] = [0, 1].map(() => new PreferenceStore(openDeviceStore(() => storage)));
  let told = 0;
  other?.subscribe(() => told++);
  one?.change({ fontSize: 20 });
  other?.readAgain();
  expect(other?.get().fontSize).toBe(20);
  expect(told).toBe(1);
});
