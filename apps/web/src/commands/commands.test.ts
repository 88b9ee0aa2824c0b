import { standardKeymap } from "@codemirror/commands";
import { expect, test } from "vitest";
import { markdownCommands } from "../markdown/edit/markdown-commands";
import { strings } from "../ui/strings";
import { allTextCommands } from "./all-text-commands";
import type { PageCommand, TextCommand } from "./command";
import { pageCommands } from "./page-commands";

const commands: readonly (TextCommand | PageCommand)[] = [
  ...allTextCommands(true),
  ...pageCommands(() => undefined),
];

/** Modifiers in one order, with what Mod stands for. */
function normal(key: string, mac: boolean): string {
  const parts = key.replace(/^Cmd-|-Cmd-/g, "Meta-").split(/-(?!$)/);
  const modifiers = parts.slice(0, -1).map((name) => (name === "Mod" ? (mac ? "Meta" : "Ctrl") : name));
  return [...modifiers.sort(), parts.at(-1)].join("-");
}

test.each([true, false])("gives no two commands one shortcut (on a Mac: %s)", (mac) => {
  const keys = commands.flatMap((command) =>
    ((mac ? command.macKeys : undefined) ?? command.keys ?? []).map((key) => normal(key, mac)),
  );
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  // The keys that move and delete in any text field keep doing so.
  const standard = standardKeymap.flatMap((binding) => {
    const key = (mac ? binding.mac : undefined) ?? binding.key;
    return key === undefined ? [] : [normal(key, mac)];
  });
  expect(keys.filter((key) => standard.includes(key))).toEqual([]);
});

test("has each command once, with a title of its own, and lists every title", () => {
  const ids = commands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(Object.keys(strings.commands.titles).sort());
  expect(new Set(Object.values(strings.commands.titles)).size).toBe(ids.length);
});

test("lists what formats Markdown only where the text is Markdown", () => {
  const ids = (isMarkdown: boolean) => allTextCommands(isMarkdown).map(({ id }) => id);
  expect(ids(true)).toEqual(expect.arrayContaining(["undo", "bold", "table", "tickTasks"]));
  expect(ids(false)).toContain("undo");
  expect(ids(false).filter((id) => markdownCommands.some((command) => command.id === id))).toEqual([]);
});
