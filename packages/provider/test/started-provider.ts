import { expect, onTestFinished, vi } from "vitest";
import * as Y from "yjs";
import { type ProviderOptions, ScriptoriumProvider } from "../src/provider";
import { FakeServer } from "./fake-server";

const backoffMsMax = 1000;

/** A provider that ends with the test. */
export function start(options: Partial<ProviderOptions> & { readonly server?: FakeServer } = {}) {
  const started = create(options);
  onTestFinished(() => {
    started.provider.destroy();
    started.doc.destroy();
  });
  return started;
}

export function create({
  server = new FakeServer(),
  ...options
}: Partial<ProviderOptions> & { readonly server?: FakeServer } = {}) {
  const doc = new Y.Doc();
  const provider = new ScriptoriumProvider({
    serverUrl: "ws://host/ws",
    documentId: "01HZY0000000000000000000AB",
    doc,
    WebSocketPolyfill: server.WebSocket,
    backoffMsMax,
    ...options,
  });
  return { server, provider, doc: provider.doc, text: provider.doc.getText("content") };
}

/** A provider that is connected, with all it has acknowledged, by a server that knows nothing of resuming. */
export function startSaved(options: Partial<ProviderOptions> = {}) {
  const started = start(options);
  started.server.shakeHands();
  started.server.acknowledge();
  started.server.flush();
  expect(started.provider.status).toEqual({ state: "saved" });
  return started;
}

/** Lets a wait between attempts to connect pass, however long it was chosen. Needs fake timers. */
export function waitForNextAttempt(): void {
  vi.advanceTimersByTime(backoffMsMax);
}
