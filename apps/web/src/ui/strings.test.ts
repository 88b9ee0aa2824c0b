// @vitest-environment jsdom
import { expect, test, vi } from "vitest";

const modules = import.meta.glob<object>([
  "../**/*.{ts,tsx}",
  // What runs rather than exports.
  "!../**/*.{test,d}.ts",
  "!../{boot.ts,main.tsx}",
]);

test("no module needs a sentence before there is a language", async () => {
  vi.resetModules();
  // uPlot asks how fine the screen is as soon as it is loaded, and jsdom has none.
  vi.stubGlobal("matchMedia", () => new EventTarget());
  const { strings } = await import("./strings");
  expect(strings).toBeUndefined();
  expect(Object.keys(modules).length).toBeGreaterThan(200);
  for (const [path, load] of Object.entries(modules)) {
    await expect(load(), path).resolves.toBeDefined();
  }
  // Hundreds of modules are read for it.
}, 120_000);
