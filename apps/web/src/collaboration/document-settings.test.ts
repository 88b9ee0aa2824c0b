import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { SharedSettings } from "./document-settings";

const none = { language: undefined, tabSize: undefined, indentUnit: undefined };

test("reach the other replica, which is told", () => {
  const [ada, grace] = [new Y.Doc(), new Y.Doc()];
  const adas = new SharedSettings(ada.getMap("settings"));
  const graces = new SharedSettings(grace.getMap("settings"));
  const told = vi.fn();
  const stop = graces.subscribe(told);

  adas.change({ language: "Rust", tabSize: 4, indentUnit: "\t" });
  Y.applyUpdate(grace, Y.encodeStateAsUpdate(ada));

  expect(graces.get()).toEqual({ language: "Rust", tabSize: 4, indentUnit: "\t" });
  expect(graces.get()).toBe(graces.get());
  expect(told).toHaveBeenCalledOnce();
  stop();
  graces.change({ language: undefined });
  expect(told).toHaveBeenCalledOnce();
  expect(graces.get().language).toBeUndefined();
});

test.each([
  ["language", 7],
  ["language", ""],
  ["language", "x".repeat(51)],
  ["tabSize", "4"],
  ["tabSize", 0],
  ["tabSize", 2.5],
  ["tabSize", 1e9],
  ["indentUnit", ""],
  ["indentUnit", "  \t"],
  ["indentUnit", " ".repeat(9)],
  ["indentUnit", "x"],
])("ignores %s %j, which any client could write", (key, value) => {
  const doc = new Y.Doc();
  doc.getMap("settings").set(key, value);
  expect(new SharedSettings(doc.getMap("settings")).get()).toEqual(none);
});

test("are not what undoing the text undoes", () => {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  const undo = new Y.UndoManager(text);
  text.insert(0, "words");
  undo.stopCapturing();
  const settings = new SharedSettings(doc.getMap("settings"));
  settings.change({ language: "Rust" });

  undo.undo();

  expect(text.toString()).toBe("");
  expect(settings.get().language).toBe("Rust");
});

test("write nothing that is so already", () => {
  const doc = new Y.Doc();
  const settings = new SharedSettings(doc.getMap("settings"));
  settings.change({ tabSize: 4 });
  const updates = vi.fn();
  doc.on("update", updates);
  settings.change({ tabSize: 4 });
  expect(updates).not.toHaveBeenCalled();
});
