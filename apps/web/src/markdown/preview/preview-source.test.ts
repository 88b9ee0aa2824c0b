// @vitest-environment jsdom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { layOutNothing } from "../../../test/lay-out-nothing";
import type { RenderPatch } from "../render/render-patch";
import { PreviewSource, type RenderPort } from "./preview-source";

layOutNothing();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakePort implements RenderPort {
  onmessage: RenderPort["onmessage"] = null;
  onerror: RenderPort["onerror"] = null;
  readonly texts: string[] = [];
  terminated = false;
  postMessage(text: string): void {
    this.texts.push(text);
  }
  terminate(): void {
    this.terminated = true;
  }
  answer(): void {
    const patch: RenderPatch = { before: 0, after: 0, inserted: [], lines: [], headings: [] };
    this.onmessage?.(new MessageEvent("message", { data: patch }));
  }
}

function open(doc: string) {
  const ports: FakePort[] = [];
  const stuck: boolean[] = [];
  const view = new EditorView({ state: EditorState.create({ doc }) });
  const openPort = () => {
    const port = new FakePort();
    ports.push(port);
    return port;
  };
  const source = new PreviewSource(view, {
    openPort,
    onPatch: () => undefined,
    onStuck: (isStuck) => stuck.push(isStuck),
  });
  const [port = openPort()] = ports;
  const type = (insert: string, from = view.state.doc.length) => view.dispatch({ changes: { from, insert } });
  return { port, ports, stuck, view, source, type };
}

test("waits for a pause, and has one text rendered at a time", () => {
  const { port, type } = open("a");
  type("b");
  expect(port.texts).toEqual(["a"]);
  vi.advanceTimersByTime(1000);
  expect(port.texts).toEqual(["a"]);
  port.answer();
  vi.runAllTimers();
  expect(port.texts).toEqual(["a", "ab"]);
});

test("follows people who never pause", () => {
  const { port, type } = open("");
  port.answer();
  for (let typed = 0; typed < 40; typed++) {
    type("x");
    vi.advanceTimersByTime(50);
  }
  expect(port.texts.length).toBeGreaterThan(1);
});

test("knows where a rendered line is after others typed before it", () => {
  const { port, source, view, type } = open("one\n- [ ] two\nthree");
  port.answer();
  type("zero\n", 0);
  type("!", 8);
  expect(view.state.doc.lineAt(source.positionOfLine(1) ?? 0).text).toBe("- [ ] two");
  expect(source.lineAtPosition(view.state.doc.line(3).from)).toBe(1);
});

test("knows of what was typed while the text was being rendered", () => {
  const { port, source, view, type } = open("one\ntwo");
  type("zero\n", 0);
  port.answer();
  expect(view.state.doc.lineAt(source.positionOfLine(1) ?? 0).text).toBe("two");
});

test("a line that was deleted is nowhere", () => {
  const { port, source, view } = open("one\ntwo\nthree");
  port.answer();
  view.dispatch({ changes: { from: 2, to: 9 } });
  expect(source.positionOfLine(1)).toBeUndefined();
});

test("lets go of editor and worker", () => {
  const { port, source, type } = open("a");
  source.destroy();
  type("b");
  vi.runAllTimers();
  expect(port.terminated).toBe(true);
  expect(port.texts).toEqual(["a"]);
});

test("ends a worker that comes to no end, says so, and tries the next change with another one", () => {
  const { ports, stuck, type } = open("hostile");
  vi.advanceTimersByTime(9_000);
  expect(stuck).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect(stuck).toEqual([true]);
  expect(ports.map(({ terminated }) => terminated)).toEqual([true]);
  // The same text would end no other way.
  vi.advanceTimersByTime(60_000);
  expect(ports).toHaveLength(1);

  type(" no more");
  vi.advanceTimersByTime(2_000);
  expect(ports.map(({ texts }) => texts)).toEqual([["hostile"], ["hostile no more"]]);
  ports[1]?.answer();
  expect(stuck).toEqual([true, false]);
  vi.advanceTimersByTime(60_000);
  expect(stuck).toEqual([true, false]);
  expect(ports[1]?.terminated).toBe(false);
});

test("goes on with what was typed while a text came to no end", () => {
  const { ports, type } = open("hostile");
  type(" no more");
  vi.advanceTimersByTime(12_000);
  expect(ports.map(({ texts }) => texts)).toEqual([["hostile"], ["hostile no more"]]);
});

test("says so at once where the worker fails", () => {
  const { port, stuck } = open("a");
  port.onerror?.(new ErrorEvent("error"));
  expect(stuck).toEqual([true]);
  expect(port.terminated).toBe(true);
});
