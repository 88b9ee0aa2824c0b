import { cp } from "node:fs/promises";
import { SnowflakeGenerator, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { Log } from "@scriptorium/log";
import * as Y from "yjs";
import { encodeCatalogueRecord } from "../../../apps/server/src/storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../../../apps/server/src/storage/stream";
import { applyPatches, readTrace, type SequentialTrace } from "../../../apps/server/test/harness/traces";

/** So many records are handed to the log before it is waited for. */
const batchRecords = 10_000;

/** The updates that Yjs makes of `automerge-paper`, keystroke by keystroke. */
function updatesOfPaper(): Uint8Array[] {
  const { txns } = readTrace<SequentialTrace>("automerge-paper");
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("content");
  for (const { patches } of txns) doc.transact(() => applyPatches(text, patches));
  doc.destroy();
  return updates;
}

/**
 * Writes a log, as the server would, in which `automerge-paper` was typed into so many documents, one after the other. No
 * segment of it is sealed.
 *
 * @returns how many edits there are
 */
export async function writeLogOf(directory: string, documents: number): Promise<number> {
  const updates = updatesOfPaper();
  const ids = new UlidGenerator();
  const revisions = new SnowflakeGenerator({ node: 0 });
  const log = await Log.open({ directory, durability: "os", sealing: false });
  const author = ulidToBytes(ids.next());
  for (let number = 0; number < documents; number++) {
    const key = ulidToBytes(ids.next());
    const title = encodeCatalogueRecord({ title: `Paper ${number}` });
    const created = { stream: Stream.catalogue, kind: CatalogueKind.created, payload: title };
    log.append({ key, author, revision: revisions.next(), ...created });
    for (const [index, payload] of updates.entries()) {
      const update = { stream: Stream.text, kind: TextKind.update, payload };
      const { durable } = log.append({ key, author, revision: revisions.next(), ...update });
      if (index % batchRecords === 0) await durable;
    }
  }
  await log.close();
  return documents * updates.length;
}

/** Copies a log and has all its segments sealed, but for one that holds a single record. @returns the copy's path */
export async function sealedCopyOf(directory: string, copy: string): Promise<string> {
  await cp(directory, copy, { recursive: true });
  // Whatever comes next begins a new segment, and the one before is sealed.
  const log = await Log.open({ directory: copy, segmentBytesMax: 1024 });
  const last = {
    ...{ key: instanceKey, author: instanceKey, revision: log.newestRevision + 1n },
    ...{ stream: Stream.catalogue, kind: CatalogueKind.usage },
    payload: encodeCatalogueRecord({ views: 0, exports: 0, connectionsPeak: 0 }),
  };
  await log.append(last).durable;
  await log.sealed();
  await log.close();
  return copy;
}
