import { expect, test } from "vitest";
import { shortcutParts } from "./shortcut-label";

test.each([
  ["Mod-Shift-k", "Ctrl Shift K", "⇧ ⌘ K"],
  ["Shift-Alt-ArrowUp", "Alt Shift ↑", "⌥ ⇧ ↑"],
  ["Mod-/", "Ctrl /", "⌘ /"],
  ["Mod--", "Ctrl -", "⌘ -"],
  ["F3", "F3", "F3"],
  ["Ctrl-Space", "Ctrl Space", "⌃ Space"],
])("writes %s as %j, and on a Mac as %j", (shortcut, elsewhere, mac) => {
  expect(shortcutParts(shortcut, false).join(" ")).toBe(elsewhere);
  expect(shortcutParts(shortcut, true).join(" ")).toBe(mac);
});
