import { performance } from "node:perf_hooks";
import { ownClient, reached, stockClient, synced, textOf } from "../../apps/server/test/harness/clients";
import { ServerProcess, temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { applyPatches, readTrace, type SequentialTrace } from "../../apps/server/test/harness/traces";

/** One client types `automerge-paper`, edit by edit, as fast as it can; then another opens the document. */
async function replay(): Promise<void> {
  const trace = readTrace<SequentialTrace>("automerge-paper");
  const directory = await temporaryDirectory();
  const server = await ServerProcess.start(directory.path, { env: { SCRIPTORIUM_LOG_LEVEL: "info" } });
  const idleBytes = await server.metric("process_resident_memory_bytes");
  const id = await server.createDocument();
  const writer = ownClient(server.socketUrl, id);
  await reached(writer, "saved");

  const startedMs = performance.now();
  const text = writer.doc.getText("content");
  let typed = 0;
  for (const { patches } of trace.txns) {
    writer.doc.transact(() => applyPatches(text, patches));
    if (++typed % 1000 === 0) await new Promise(setImmediate);
  }
  await reached(writer, "saved");
  const seconds = (performance.now() - startedMs) / 1000;
  const openBytes = await server.metric("process_resident_memory_bytes");
  // The projections end behind the acknowledgement.
  await server.text(id);

  const joiningMs = performance.now();
  const reader = stockClient(server.socketUrl, id);
  await synced(reader);
  const joinMs = performance.now() - joiningMs;
  if (textOf(reader.doc) !== trace.endContent) throw new Error("the reader's text is not the trace's");

  print("edits, each acknowledged durable", trace.txns.length.toLocaleString("en"));
  print("durable edits per second", Math.round(trace.txns.length / seconds).toLocaleString("en"));
  print("commits of the log", (await server.metric("scriptorium_log_commits_total")).toLocaleString("en"));
  print("log on disk", mebibytes(await server.metric("scriptorium_log_bytes")));
  print("a stock client opens it, warm", `${joinMs.toFixed(0)} ms`);
  print("RSS of the server, idle", mebibytes(idleBytes));
  print("RSS right behind the last edit", mebibytes(openBytes));
  print("RSS with the document open by two", mebibytes(await server.metric("process_resident_memory_bytes")));
  reader.destroy();
  reader.doc.destroy();
  writer.destroy();
  writer.doc.destroy();
  await server.stop();

  const again = await ServerProcess.start(directory.path);
  const recoverySeconds = await again.metric("scriptorium_log_recovery_seconds");
  const coldMs = performance.now();
  const visitor = stockClient(again.socketUrl, id);
  await synced(visitor);
  print("recovery of the log at a restart", `${(recoverySeconds * 1000).toFixed(0)} ms`);
  print("a stock client opens it, cold", `${(performance.now() - coldMs).toFixed(0)} ms`);
  print("RSS after a restart, document open", mebibytes(await again.metric("process_resident_memory_bytes")));
  visitor.destroy();
  visitor.doc.destroy();
  await again.stop();
  await directory.remove();
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function print(what: string, figure: string): void {
  console.log(`${what.padEnd(40)}${figure.padStart(16)}`);
}

await replay();
