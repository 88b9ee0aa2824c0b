import { type ActorId, type DocumentId, UlidGenerator, ulidToBytes } from "@scriptorium/ids";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { EditAnswer, SetText } from "../projections/messages";
import { prepareEdit } from "../projections/prepare-edit";
import { LogUnavailableError } from "../storage/document-log";
import { CatalogueKind, Stream } from "../storage/stream";
import { docOf } from "../testing/edits";
import { turn } from "../testing/hand-log";
import { createRoom } from "../testing/room-of";
import { EditRefusedError, ServerEdits } from "./server-edits";
import { readUpdateFacts } from "./update-facts";

const actors = new UlidGenerator<ActorId>();

/** An empty room, and what sets its text. */
function begin(documentBytesMax = 1000) {
  const { room, log } = createRoom();
  const state = { isPresent: true, afterPreparing: () => {} };
  const updates = () =>
    log.entries.filter(({ stream }) => stream === Stream.text).map(({ payload }) => payload);
  const edits = new ServerEdits({
    log,
    rooms: { acquire: async () => room, release() {} },
    projections: {
      async prepareEdit(_id: DocumentId, { text, base }: SetText): Promise<EditAnswer> {
        const prepared = prepareEdit(docOf(updates()), text, base?.updates);
        const newest = log.entries.at(-1);
        state.afterPreparing();
        return {
          ...{ type: "prepared", ...prepared, position: newest?.position ?? 0 },
          revision: newest === undefined ? null : String(newest.revision),
        } as const;
      },
      catalogue: { checkpoint: () => undefined },
    },
    isPresent: () => state.isPresent,
    documentBytesMax,
  });
  const set = (text: string) => edits.setText(room.documentId, { text, author: actors.next() });
  return { room, log, edits, set, state, text: () => docOf(updates()).getText("content").toString() };
}

function typed(text: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("content").insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}

test("answers when the edit is durable, and not before", async () => {
  const { log, set, text } = begin();
  let answer: unknown;
  const setting = set("one").then((done) => {
    answer = done;
  });
  while (log.entries.length === 0) await turn();
  await turn();
  expect(answer).toBeUndefined();
  await log.commit();
  await setting;
  expect(answer).toMatchObject({ revision: log.entries.at(-1)?.revision, inserted: 3, isExact: true });
  expect(text()).toBe("one");
});

test("says so if others have written between", async () => {
  const { room, log, set, state, text } = begin();
  state.afterPreparing = () => {
    const update = typed("two");
    room.take("several", ulidToBytes(actors.next()), update, readUpdateFacts(update));
    state.afterPreparing = () => {};
  };
  const setting = set("one");
  while (log.entries.length < 2) await turn();
  await log.commit();
  expect((await setting).isExact).toBe(false);
  expect(text()).toContain("one");
  expect(text()).toContain("two");
});

test("a full disk is told as such, whether the log takes nothing or loses what it took", async () => {
  const { log, set } = begin();
  log.unavailableBecause = "the disk is full";
  await expect(set("one")).rejects.toThrow(LogUnavailableError);
  expect(log.entries).toEqual([]);
  log.unavailableBecause = undefined;
  const setting = set("one");
  setting.catch(() => {});
  while (log.entries.length === 0) await turn();
  await log.fail(new Error("no space left on device"));
  await expect(setting).rejects.toThrow(LogUnavailableError);
  // The room is not used again.
  await expect(set("two")).rejects.toThrow(LogUnavailableError);
});

test("a document that went to the trash while its edit was prepared is not edited", async () => {
  const { log, set, state } = begin();
  state.afterPreparing = () => {
    state.isPresent = false;
  };
  await expect(set("one")).rejects.toMatchObject({ code: "NOT_PRESENT" } satisfies Partial<EditRefusedError>);
  expect(log.entries).toEqual([]);
});

test("a full document takes deletions only", async () => {
  const { log, set, text } = begin(10);
  const fill = set("more than fits");
  while (log.entries.length === 0) await turn();
  await log.commit();
  await fill;
  await expect(set("more than fits in")).rejects.toThrow(EditRefusedError);
  const less = set("more");
  while (log.entries.length < 2) await turn();
  await log.commit();
  await less;
  expect(text()).toBe("more");
});

test("who has written is said before the edit", async () => {
  const { room, log, edits } = begin();
  const author = actors.next();
  const setting = edits.setText(room.documentId, { text: "one", author, person: { id: "a", name: "Files" } });
  while (log.entries.length < 2) await turn();
  await log.commit();
  await setting;
  expect(log.entries.map(({ stream, kind }) => [stream, kind])).toEqual([
    [Stream.catalogue, CatalogueKind.author],
    [Stream.text, 1],
  ]);
});
