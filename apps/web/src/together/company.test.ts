// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { yCollab } from "y-codemirror.next";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { layOutNothing } from "../../test/lay-out-nothing";
import type { DocumentSession } from "../collaboration/document-session";
import { describePerson } from "../collaboration/person";
import { peersField } from "../editor/peers-field";
import { Company } from "./company";

layOutNothing();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const colours = { onLight: "#1f5fd0", onDark: "#6fa8ff" };

/** Ada in a document; `graceTypes` is Grace typing elsewhere, up to the time when that is told of. */
function open(announcesEdits: () => boolean) {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "one\ntwo");
  const awareness = new Awareness(doc);
  const view = new EditorView({
    parent: document.body,
    state: EditorState.create({ doc: text.toString(), extensions: [yCollab(text, null), peersField] }),
  });
  const provider = { awareness, synced: true, onStatusChange: () => () => undefined };
  const company = new Company({
    view,
    // As much of a session as is used: a real one would connect.
    session: { doc, text, provider } as unknown as DocumentSession,
    self: { id: "a", name: "Ada", ...colours },
    announcesEdits,
  });
  const graceTypes = () => {
    const grace = new Y.Doc();
    Y.applyUpdate(grace, Y.encodeStateAsUpdate(doc));
    const user = describePerson({ id: "g", name: "Grace", ...colours });
    awareness.getStates().set(grace.clientID, { user });
    grace.getText("content").insert(0, "x");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(grace));
    vi.advanceTimersByTime(10_000);
  };
  const end = () => {
    company.destroy();
    view.destroy();
    awareness.destroy();
  };
  return { view, company, graceTypes, end };
}

test("announces others' edits while one is in the text", () => {
  const { view, company, graceTypes, end } = open(() => true);
  graceTypes();
  expect(company.announcements.text.get()).toBe("");
  view.focus();
  graceTypes();
  expect(company.announcements.text.get()).toBe("Grace edited line 1.");
  end();
});

test("announces no edits to those who do not want it", () => {
  const { view, company, graceTypes, end } = open(() => false);
  view.focus();
  graceTypes();
  expect(company.announcements.text.get()).toBe("");
  end();
});
