// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { yCollab } from "y-codemirror.next";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { layOutNothing } from "../../test/lay-out-nothing";
import { peersField, setPeers } from "../editor/peers-field";
import { Follower, following } from "./follower";

layOutNothing();

function follow() {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "one\ntwo\nthree");
  const awareness = new Awareness(doc);
  const main = document.body.appendChild(document.createElement("main"));
  const view = new EditorView({ parent: main });
  let stops = 0;
  const follower = new Follower({ view, awareness, text, onStop: () => stops++ });
  const extensions = [yCollab(text, null), peersField, following(follower)];
  view.setState(EditorState.create({ doc: text.toString(), extensions }));
  follower.follow("g");
  const told = () => awareness.getLocalState()?.following;
  const end = () => {
    view.destroy();
    awareness.destroy();
    main.remove();
  };
  return { view, main, text, doc, follower, told, stops: () => stops, end };
}

type Following = ReturnType<typeof follow>;

test.each<[string, (following: Following) => void]>([
  ["scrolls", ({ main }) => main.dispatchEvent(new Event("wheel"))],
  ["touches and moves", ({ main }) => main.dispatchEvent(new Event("touchmove"))],
  [
    "clicks in the text",
    ({ view }) => view.contentDOM.dispatchEvent(new Event("pointerdown", { bubbles: true })),
  ],
  ["types", ({ view }) => view.dispatch({ changes: { from: 0, insert: "x" } })],
  ["moves the caret", ({ view }) => view.dispatch({ selection: { anchor: 2 } })],
  ["presses Escape", ({ main }) => press(main, "Escape")],
  ["pages on", ({ view }) => press(view.contentDOM, "PageDown")],
])("ends when the reader %s", (_what, act) => {
  const following = follow();
  expect([following.follower.personId, following.told()]).toEqual(["g", "g"]);
  act(following);
  expect([following.follower.personId, following.told(), following.stops()]).toEqual([undefined, null, 1]);
  following.end();
});

test.each<[string, (following: Following) => void]>([
  ["others type", ({ doc }) => typeElsewhere(doc)],
  ["carets of others move", ({ view }) => view.dispatch({ effects: setPeers.of([]) })],
  ["Escape closes a menu", ({ main }) => press(withMenu(main), "Escape")],
  ["a key is pressed with no effect on the text", ({ main }) => press(main, "Control")],
])("goes on when %s", (_what, act) => {
  const following = follow();
  act(following);
  expect([following.follower.personId, following.stops()]).toEqual(["g", 0]);
  following.end();
});

function press(target: Element, key: string): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

function withMenu(parent: Element): Element {
  const menu = parent.appendChild(document.createElement("div"));
  menu.setAttribute("role", "menu");
  return menu;
}

function typeElsewhere(doc: Y.Doc): void {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  other.getText("content").insert(0, "theirs");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}
