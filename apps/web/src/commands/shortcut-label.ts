import { strings } from "../ui/strings";

/** What the modifiers are called, in the order in which they are written. */
const elsewhere = { Mod: "Ctrl", Ctrl: "Ctrl", Alt: "Alt", Shift: strings.keys.shift };
const onMac = { Ctrl: "⌃", Alt: "⌥", Shift: "⇧", Mod: "⌘" };

const symbols: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: strings.keys.escape,
  Enter: strings.keys.enter,
  Space: strings.keys.space,
  Delete: strings.keys.delete,
  Backspace: "⌫",
};

/** A shortcut in CodeMirror's notation, part by part, as keyboards and people write it. */
export function shortcutParts(shortcut: string, mac: boolean): readonly string[] {
  const parts = shortcut.split(/-(?!$)/);
  const key = parts.at(-1) ?? "";
  const names: Readonly<Record<string, string>> = mac ? onMac : elsewhere;
  const modifiers = Object.keys(names).filter((name) => parts.slice(0, -1).includes(name));
  return [...modifiers.map((name) => names[name] ?? name), symbols[key] ?? key.toUpperCase()];
}
