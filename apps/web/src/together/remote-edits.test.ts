// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { yCollab } from "y-codemirror.next";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { layOutNothing } from "../../test/lay-out-nothing";
import { describePerson } from "../collaboration/person";
import type { RemoteEdit } from "./remote-edit";
import { remoteEdits } from "./remote-edits";

layOutNothing();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const person = (id: string, name: string) =>
  describePerson({ id, name, onLight: "#1f5fd0", onDark: "#6fa8ff" });

/** Ada's editor of four lines, and replicas of others whose edits reach it when `deliver` is called. */
function open() {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "one\ntwo\nthree\nfour");
  const awareness = new Awareness(doc);
  const told: (readonly RemoteEdit[])[] = [];
  const view = new EditorView({
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        yCollab(text, null),
        remoteEdits(
          {
            doc,
            awareness,
            selfId: "a",
            onEdits: (edits) => told.push(edits),
            onFarEdit: () => undefined,
            onFarEditSeen: () => undefined,
          },
          () => undefined,
        ),
      ],
    }),
  });
  const join = (user: unknown) => {
    const replica = new Y.Doc();
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc));
    awareness.getStates().set(replica.clientID, { user });
    return {
      text: replica.getText("content"),
      deliver: () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(replica, Y.encodeStateVector(doc))),
    };
  };
  const end = () => {
    view.destroy();
    awareness.destroy();
  };
  return { view, told, join, end };
}

test("tells every few seconds who inserted something, and in which line it is by then", () => {
  const { view, told, join, end } = open();
  const grace = join(person("g", "Grace"));
  grace.text.insert(9, "!");
  grace.deliver();
  view.dispatch({ changes: { from: 0, insert: "zero\n" } });
  expect(told).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([[{ author: { id: "g", name: "Grace" }, line: 4 }]]);
  end();
});

test("names nobody for a deletion, for a client that nobody knows, and where two wrote at once", () => {
  const { told, join, end } = open();
  const grace = join(person("g", "Grace"));
  grace.text.delete(0, 1);
  grace.deliver();
  const bridge = join(undefined);
  bridge.text.insert(0, "x");
  bridge.deliver();
  const [hedy, ida] = [join(person("h", "Hedy")), join(person("i", "Ida"))];
  hedy.text.insert(1, "y");
  Y.applyUpdate(ida.text.doc as Y.Doc, Y.encodeStateAsUpdate(hedy.text.doc as Y.Doc));
  ida.text.insert(2, "z");
  ida.deliver();
  vi.advanceTimersByTime(10_000);
  expect(told.flat().map(({ author }) => author)).toEqual([undefined, undefined, undefined]);
  end();
});

test("says nothing of one's own edits, here or in another tab", () => {
  const { view, told, join, end } = open();
  view.dispatch({ changes: { from: 0, insert: "mine" } });
  const otherTab = join(person("a", "Ada"));
  otherTab.text.insert(0, "mine, too");
  otherTab.deliver();
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([]);
  end();
});
