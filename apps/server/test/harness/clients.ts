import { type ConnectionStatus, ScriptoriumProvider } from "@scriptorium/provider";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

// ws implements what y-websocket uses of the browser's class; only the declared types differ.
const BrowserWebSocket = WebSocket as unknown as typeof globalThis.WebSocket;

/** A stock y-websocket client, unmodified. */
export function stockClient(
  socketUrl: string,
  documentId: string,
  options: { doc?: Y.Doc; WebSocketPolyfill?: typeof globalThis.WebSocket; backoffMsMax?: number } = {},
): WebsocketProvider {
  return new WebsocketProvider(socketUrl, documentId, options.doc ?? new Y.Doc(), {
    WebSocketPolyfill: options.WebSocketPolyfill ?? BrowserWebSocket,
    maxBackoffTime: options.backoffMsMax ?? 100,
    disableBc: true,
  });
}

/** Our own client. */
export function ownClient(
  serverUrl: string,
  documentId: string,
  options: { doc?: Y.Doc; WebSocketPolyfill?: typeof globalThis.WebSocket; backoffMsMax?: number } = {},
): ScriptoriumProvider {
  return new ScriptoriumProvider({
    serverUrl,
    documentId,
    doc: options.doc ?? new Y.Doc(),
    WebSocketPolyfill: options.WebSocketPolyfill ?? BrowserWebSocket,
    backoffMsMax: options.backoffMsMax ?? 100,
  });
}

export function textOf(doc: Y.Doc): string {
  return doc.getText("content").toString();
}

/** Resolves once everything that the server has is there. */
export function synced(provider: WebsocketProvider): Promise<void> {
  if (provider.synced) return Promise.resolve();
  return new Promise((resolve) => {
    provider.on("sync", (isSynced: boolean) => {
      if (isSynced) resolve();
    });
  });
}

/** Resolves with the first status in one of `states`. */
export function reached(
  provider: ScriptoriumProvider,
  ...states: readonly ConnectionStatus["state"][]
): Promise<ConnectionStatus> {
  return new Promise((resolve) => {
    const check = () => {
      if (!states.includes(provider.status.state)) return;
      unsubscribe();
      resolve(provider.status);
    };
    const unsubscribe = provider.onStatusChange(check);
    check();
  });
}

/** Resolves when `status` or `unsavedEdits` has changed. */
export function statusChanged(provider: ScriptoriumProvider): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = provider.onStatusChange(() => {
      unsubscribe();
      resolve();
    });
  });
}

/** Resolves once all replicas hold the same edits. */
export function converged(docs: readonly Y.Doc[]): Promise<void> {
  return come(docs, () => {
    const [first, ...others] = docs.map((doc) => Y.encodeSnapshot(Y.snapshot(doc)));
    return first === undefined || others.every((other) => Buffer.compare(first, other) === 0);
  });
}

/** Resolves once the document's text is `text`. */
export function shows(doc: Y.Doc, text: string): Promise<void> {
  return come([doc], () => textOf(doc) === text);
}

/** Resolves once the documents have come to what is asked for. */
function come(docs: readonly Y.Doc[], isThere: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    let scheduled = false;
    const check = () => {
      scheduled = false;
      if (!isThere()) return;
      for (const doc of docs) doc.off("update", schedule);
      resolve();
    };
    // Updates come in bursts; to compare after each would take longer than they take.
    const schedule = () => {
      if (!scheduled) setImmediate(check);
      scheduled = true;
    };
    for (const doc of docs) doc.on("update", schedule);
    schedule();
  });
}
