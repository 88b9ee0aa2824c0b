import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { DocumentId } from "@scriptorium/ids";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MomentFilter } from "../backups/moment-filter";
import { readThrough, writeLog } from "../backups/rewrite-log";
import { CatalogueKind } from "../storage/stream";
import { documentsIn, FollowingProjections, type ShownDocument } from "../testing/catalogue-of";
import { temporaryDirectory } from "../testing/temporary-directory";
import { WrittenLog } from "../testing/written-log";
import { foldHorizon } from "./horizon-fold";
import { moveHorizon } from "./move-horizon";
import { targetOf } from "./retention";

const KiB = 1024;

interface Move {
  readonly log: WrittenLog;
  readonly projections: FollowingProjections;
  readonly databaseFile: string;
  /** How many of the oldest sealed segments go. */
  readonly segments: number;
  /** Called before each record is written, and before anything is dropped. */
  readonly onStep?: () => Promise<void>;
}

async function move({ log, projections, databaseFile, segments, onStep = async () => {} }: Move) {
  const target = targetOf(log.log.sealedSegments().slice(0, segments));
  if (target === undefined) throw new Error("nothing is sealed");
  await projections.caughtUp(await log.end());
  await moveHorizon({
    log: log.log,
    projections: {
      caughtUp: (position) => projections.caughtUp(position),
      async settledThrough(position) {
        await onStep();
        await projections.settledThrough(position);
        expect(projections.resume).toBeGreaterThanOrEqual(position);
      },
    },
    async *fold(range) {
      for await (const document of foldHorizon({ logDirectory: log.directory, databaseFile, ...range })) {
        await onStep();
        yield document;
      }
    },
    target,
    signal: new AbortController().signal,
  });
  expect(log.log.horizonPosition).toBe(target.position);
}

async function start() {
  const directory = await temporaryDirectory();
  const log = await WrittenLog.open(directory, { segmentBytesMax: 16 * KiB });
  const projections = await FollowingProjections.build(log.directory, 0);
  const databaseFile = join(directory, "horizon.db");
  return { directory, log, projections, databaseFile };
}

type Act =
  | "type"
  | "delete"
  | "paste"
  | "rename"
  | "tag"
  | "create"
  | "trash"
  | "untrash"
  | "restore"
  | "cut"
  | "move";

function perform(log: WrittenLog, ids: DocumentId[], act: Act, number: number): void {
  const id = ids[number % ids.length] ?? log.create("none");
  if (act === "type") log.edit(id, (text) => text.insert(number % (text.length + 1), `typed ${number} `));
  if (act === "delete") log.edit(id, (text) => text.delete(0, Math.min(9, text.length)));
  if (act === "paste") log.edit(id, (text) => text.insert(0, `pasted ${number} `.repeat(300)));
  if (act === "rename") log.rename(id, `renamed ${number}`);
  if (act === "tag") log.tag(id, [`tag ${number}`, "shared"].slice(number % 3));
  if (act === "create") ids.push(log.create(`document ${number}`, number % 2 === 0 ? "en" : undefined));
  if (act === "trash") log.mark(id, CatalogueKind.deleted);
  if (act === "untrash") log.mark(id, CatalogueKind.restored);
  if (act === "restore") log.restoredTo(`01HZY0000000000000000${String(number).padStart(5, "0")}`);
}

test("whatever is dropped, and wherever that is interrupted, the log says what it said, of now and of then", async () => {
  const acts: Act[] = [
    ...([
      "type",
      "type",
      "type",
      "delete",
      "paste",
      "rename",
      "tag",
      "create",
      "trash",
      "untrash",
      "restore",
    ] as const),
    ...(["cut", "cut", "cut", "move", "move"] as const),
  ];
  const steps = fc.array(fc.record({ act: fc.constantFrom(...acts), number: fc.nat(99_999) }), {
    minLength: 8,
    maxLength: 25,
    size: "max",
  });
  let moves = 0;
  let restores = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { directory, log, projections, databaseFile } = await start();
      const ids = [log.create("first"), log.create("second")];
      const moments: { revision: bigint; documents: ShownDocument[]; weight: number }[] = [];
      for (const [index, { act, number }] of [...taken, { act: "cut" as Act, number: 0 }].entries()) {
        perform(log, ids, act, number);
        if (act === "cut") await log.cut();
        await projections.caughtUp(await log.end());
        const documents = projections.documents();
        for (const { id, text } of documents) {
          expect(text).toBe(
            log
              .doc(id as DocumentId)
              .getText("content")
              .toString(),
          );
        }
        moments.push({ revision: log.revision, documents, weight: number });
        const sealed = log.log.sealedSegments().length;
        if (act !== "move" || sealed === 0) continue;
        moves += 1;
        const images: { path: string; end: number }[] = [];
        let step = 0;
        // Of each third step: to look at every image takes minutes.
        const onStep = async () => {
          if (step++ % 3 !== number % 3) return;
          await log.log.sealed();
          const path = join(directory, `image-${index}-${images.length}`);
          await cp(log.directory, path, { recursive: true });
          images.push({ path, end: log.log.durablePosition });
        };
        await move({ log, projections, databaseFile, segments: 1 + (number % sealed), onStep });
        expect(projections.documents()).toEqual(documents);
        expect(await documentsIn(log.directory, log.log.durablePosition)).toEqual(documents);
        for (const { path, end } of images) expect(await documentsIn(path, end)).toEqual(documents);
      }
      // Two of them.
      const chosen = moments.toSorted((a, b) => b.weight - a.weight).slice(0, 2);
      for (const [index, { revision, documents }] of chosen.entries()) {
        const end = log.log.durablePosition;
        const filter = new MomentFilter(revision);
        const read = readThrough(log.directory, {
          after: log.log.statistics().horizonPosition,
          through: end,
        });
        const takenBack = join(directory, `restored-${index}`);
        let records = 0;
        const kept = (async function* () {
          for await (const batch of read) {
            const taken = batch.filter((record) => filter.takes(record));
            records += taken.length;
            yield* taken;
          }
        })();
        await writeLog(takenBack, kept);
        if (revision < filter.horizon) continue;
        restores += 1;
        expect(await documentsIn(takenBack, records)).toEqual(documents);
      }
    }),
    { numRuns: 8 },
  );
  expect(moves).toBeGreaterThan(5);
  expect(restores).toBeGreaterThan(5);
}, 120_000);
