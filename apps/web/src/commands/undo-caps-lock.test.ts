// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, runScopeHandlers } from "@codemirror/view";
import { expect, test } from "vitest";
import { layOutNothing } from "../../test/lay-out-nothing";
import { pageKeymap, pageScope } from "./key-bindings";
import { pageCommands } from "./page-commands";
import { undoCapsLock } from "./undo-caps-lock";

layOutNothing();

/** What the keys ask for when the letter P brings `key` with Ctrl. */
function askedFor(init: KeyboardEventInit): readonly string[] {
  const asked: string[] = [];
  const bindings = pageKeymap(pageCommands((id) => asked.push(id)));
  // jsdom says of no platform that it is there.
  const anywhere = keymap.of(
    bindings.flatMap(({ linux: key, ...binding }) => (key ? { ...binding, key } : [])),
  );
  const view = new EditorView({ state: EditorState.create({ extensions: anywhere }) });
  const event = new KeyboardEvent("keydown", { keyCode: 80, ctrlKey: true, ...init });
  undoCapsLock(event);
  runScopeHandlers(view, event, pageScope);
  return asked;
}

test.each([
  [{ key: "p" }, "print"],
  [{ key: "P", shiftKey: true }, "palette"],
  // With Caps Lock:
  [{ key: "P" }, "print"],
  [{ key: "p", shiftKey: true }, "palette"],
])("takes %j for what the keys mean: %s", (init, id) => {
  expect(askedFor(init)).toEqual([id]);
});

test.each([
  { key: "p", shiftKey: true },
  { key: "Dead", shiftKey: true, ctrlKey: true },
  { key: "ß", shiftKey: true, ctrlKey: true },
  { key: "8", shiftKey: true, ctrlKey: true },
])("leaves what is typed, and what is no letter: %j", (init) => {
  const event = new KeyboardEvent("keydown", init);
  undoCapsLock(event);
  expect(event.key).toBe(init.key);
});
