import { strings } from "../ui/strings";

/** What the modifiers are called, in the order in which they are written. */
const onMac = { Ctrl: "⌃", Alt: "⌥", Shift: "⇧", Mod: "⌘" };

function elsewhere(): Readonly<Record<string, string>> {
  const { control, shift } = strings.keys;
  return { Mod: control, Ctrl: control, Alt: "Alt", Shift: shift };
}

function nameOfKey(key: string): string {
  const { keys } = strings;
  const names: Readonly<Record<string, string>> = {
    ArrowUp: "↑",
    ArrowDown: "↓",
    Escape: keys.escape,
    Enter: keys.enter,
    Space: keys.space,
    Delete: keys.delete,
    Backspace: "⌫",
  };
  return names[key] ?? key.toUpperCase();
}

/** A shortcut in CodeMirror's notation, part by part, as keyboards and people write it. */
export function shortcutParts(shortcut: string, mac: boolean): readonly string[] {
  const parts = shortcut.split(/-(?!$)/);
  const names: Readonly<Record<string, string>> = mac ? onMac : elsewhere();
  const modifiers = Object.keys(names).filter((name) => parts.slice(0, -1).includes(name));
  return [...modifiers.map((name) => names[name] ?? name), nameOfKey(parts.at(-1) ?? "")];
}
