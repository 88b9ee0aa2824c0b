import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { describe, openDocument } from "./example";
import { FakeServer } from "./fake-server";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the README's example is the one that runs here", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const example = await readFile(new URL("example.ts", import.meta.url), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
});

test("the README's example does what the README says", () => {
  const server = new FakeServer();
  vi.stubGlobal("WebSocket", server.WebSocket);
  const url = "ws://localhost:8080/ws";
  const first = openDocument(url, "01HZY0000000000000000000AB");
  first.text.insert(0, "Typed at once. ");
  expect(describe(first.provider.status)).toBe("Not saved yet");
  server.welcome();
  server.noteQuiet();
  server.flush();
  expect(describe(first.provider.status)).toBe("Saved");
  first.provider.disconnect();
  first.text.insert(15, "Typed offline. ");
  expect(describe(first.provider.status)).toBe("Offline, edits only on this device: 1");
  const kept = first.keep();
  first.provider.destroy();

  server.relay((text) => text.insert(0, "Missed. "));
  const second = openDocument(url, "01HZY0000000000000000000AB", kept);
  expect(second.provider.unsavedEdits).toBe(1);
  server.welcome();
  expect(describe(second.provider.status)).toBe("Saved");
  expect(server.params.since).toBe(String(kept.resumePoint?.revision));
  expect(server.durable.getText("content").toString()).toBe("Missed. Typed at once. Typed offline. ");

  server.socket.arriveClose(4409, "restored");
  server.flush();
  expect(describe(second.provider.status)).toBe("Restored to an earlier moment");
  second.provider.destroy();
});
