// @vitest-environment jsdom
import { expect, test } from "vitest";
import { pageCommands } from "./page-commands";
import { isPaletteKey } from "./palette-key";

test.each([true, false])("knows each shortcut of the palette, with Caps Lock, too (on a Mac: %s)", (mac) => {
  const palette = pageCommands(() => undefined).find(({ id }) => id === "palette");
  expect(palette?.keys?.length).toBeGreaterThan(0);
  for (const shortcut of palette?.keys ?? []) {
    const parts = shortcut.split("-");
    const letter = parts.at(-1) ?? "";
    for (const key of [letter.toLowerCase(), letter.toUpperCase()]) {
      const shiftKey = parts.includes("Shift");
      const pressed = { key, shiftKey, ctrlKey: !mac, metaKey: mac };
      expect(isPaletteKey(new KeyboardEvent("keydown", pressed), mac)).toBe(true);
      expect(isPaletteKey(new KeyboardEvent("keydown", { ...pressed, altKey: true }), mac)).toBe(false);
      expect(isPaletteKey(new KeyboardEvent("keydown", { key, shiftKey }), mac)).toBe(false);
    }
  }
});

test("leaves printing to the browser", () => {
  expect(isPaletteKey(new KeyboardEvent("keydown", { key: "P", ctrlKey: true }), false)).toBe(false);
});
