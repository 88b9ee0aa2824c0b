import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { docOf, editsApart, editsTogether, updatesOf } from "../testing/edits";
import { KnownContent } from "./known-content";
import { readUpdateFacts } from "./update-facts";

/** What a `Y.Doc` that holds `updates` makes of one more. */
function judgeByDocument(updates: readonly Uint8Array[], update: Uint8Array) {
  const doc = docOf(updates);
  let changed = false;
  doc.on("update", () => {
    changed = true;
  });
  Y.applyUpdate(doc, update);
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return "gap";
  return changed ? "new" : "known";
}

function sorted(stateVector: Uint8Array): [number, number][] {
  return [...Y.decodeStateVector(stateVector)].sort(([a], [b]) => a - b);
}

/** Picks of updates, each pick merged into one: duplicates, overlaps, gaps within and before. */
const picks = fc.array(fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), {
  maxLength: 40,
  size: "max",
});

function pick(updates: readonly Uint8Array[], numbers: readonly number[]): Uint8Array {
  const picked = numbers.flatMap((number) => updates[number % updates.length] ?? []);
  return picked.length === 1 && picked[0] !== undefined ? picked[0] : Y.mergeUpdates(picked);
}

test("judges updates in any order as a document does that takes all but those with gaps", () => {
  fc.assert(
    fc.property(editsApart, picks, fc.boolean(), (edits, choices, startsFromCheckpoint) => {
      const updates = updatesOf(edits);
      if (updates.length === 0) return;
      const taken: Uint8Array[] = startsFromCheckpoint ? updates.slice(0, updates.length / 2) : [];
      const start = docOf(taken);
      const known = new KnownContent(
        startsFromCheckpoint ? Y.encodeStateVector(start) : undefined,
        () => taken,
      );
      for (const choice of choices) {
        const update = pick(updates, choice);
        const facts = readUpdateFacts(update);
        const judgement = known.judge(facts);
        expect(judgement).toBe(judgeByDocument(taken, update));
        if (judgement === "gap") continue;
        known.add(facts);
        taken.push(update);
        expect(sorted(known.encodeStateVector())).toEqual(sorted(Y.encodeStateVector(docOf(taken))));
      }
    }),
    { numRuns: 80 },
  );
});

test("judges updates of authors who hear of each other as a document does, deletes included", () => {
  fc.assert(
    fc.property(editsTogether, fc.array(fc.nat(1000), { size: "max", maxLength: 40 }), (edits, repeats) => {
      const updates = updatesOf(edits);
      const taken: Uint8Array[] = [];
      const known = new KnownContent(undefined, () => taken);
      const judge = (update: Uint8Array) => {
        expect(known.judge(readUpdateFacts(update))).toBe(judgeByDocument(taken, update));
      };
      updates.forEach((update, index) => {
        judge(update);
        known.add(readUpdateFacts(update));
        taken.push(update);
        const earlier = updates[(repeats[index] ?? 0) % (index + 1)];
        if (earlier !== undefined) judge(earlier);
        if (index % 5 === 0) judge(Y.encodeStateAsUpdate(docOf(taken)));
      });
    }),
    { numRuns: 60 },
  );
});

test("counts only contiguous clocks when gaps are taken and filled in any order, as a document does", () => {
  fc.assert(
    fc.property(editsApart, picks, (edits, choices) => {
      const updates = updatesOf(edits);
      if (updates.length === 0) return;
      const known = new KnownContent(undefined, () => []);
      const doc = new Y.Doc();
      for (const choice of choices) {
        const update = pick(updates, choice);
        known.add(readUpdateFacts(update));
        Y.applyUpdate(doc, update);
        expect(sorted(known.encodeStateVector())).toEqual(sorted(Y.encodeStateVector(doc)));
      }
    }),
    { numRuns: 80 },
  );
});

test("does not look for deletes before an update brings nothing but deletes", () => {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  text.insert(0, "abc");
  text.delete(1, 1);
  let gathered = 0;
  const known = new KnownContent(undefined, () => {
    gathered++;
    return [];
  });
  const [insertion, deletion] = updates.map(readUpdateFacts);
  if (insertion === undefined || deletion === undefined) expect.fail("two updates were made");
  expect(known.judge(insertion)).toBe("new");
  known.add(insertion);
  expect([known.judge(insertion), gathered]).toEqual(["known", 0]);
  expect([known.judge(deletion), gathered]).toEqual(["new", 1]);
  known.add(deletion);
  expect([known.judge(deletion), gathered]).toEqual(["known", 1]);
});

test("takes an update that stands beside another's missing edit for one with a gap", () => {
  const ada = new Y.Doc();
  ada.getText("content").insert(0, "abc");
  const grace = new Y.Doc();
  Y.applyUpdate(grace, Y.encodeStateAsUpdate(ada));
  const before = Y.encodeStateVector(grace);
  grace.getText("content").insert(3, "!");
  const beside = readUpdateFacts(Y.encodeStateAsUpdate(grace, before));
  const known = new KnownContent(undefined, () => []);
  expect(known.judge(beside)).toBe("gap");
  known.add(readUpdateFacts(Y.encodeStateAsUpdate(ada)));
  expect(known.judge(beside)).toBe("new");
});
