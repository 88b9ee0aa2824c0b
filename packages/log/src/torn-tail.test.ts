import { expect, test } from "vitest";
import { recordOf } from "../test/support";
import { allocateRecordBytes, encodeRecord, recordHeaderBytes } from "./record";
import { judgeTail, type Tail } from "./torn-tail";

const salt = 77;

interface Layout {
  /** Offset in the segment at which the tail begins. */
  offset: number;
  /** First positions of the commits of records 10, 11, 12 …; record 9 was the last good one. */
  commits: number[];
  lastCommitFirst?: number;
  payloadBytes: number;
  /** Spoils the encoded tail. */
  spoil: (bytes: Uint8Array) => void;
}

function tailOf({ offset, commits, lastCommitFirst = 9, payloadBytes, spoil }: Layout): Tail {
  const memory = allocateRecordBytes(commits.length * (recordHeaderBytes + payloadBytes));
  let end = 0;
  commits.forEach((commitFirst, index) => {
    const record = recordOf(index, { payload: new Uint8Array(payloadBytes).fill(5) });
    end = encodeRecord(memory, end, record, { position: 10 + index, commitFirst, salt });
  });
  spoil(memory.bytes);
  return { ...memory, offset, lastPosition: 9, lastCommitFirst, salt };
}

const flipOneBit = (bytes: Uint8Array) => {
  bytes[40] = (bytes[40] ?? 0) ^ 1;
};

test("nothing valid behind the bad record: torn", () => {
  const tail = tailOf({ offset: 64, commits: [10], payloadBytes: 100, spoil: flipOneBit });
  expect(judgeTail(tail)).toEqual({ kind: "torn", reason: "incomplete record" });
});

test("a later commit behind it: damage, hole or not", () => {
  const holed = tailOf({
    offset: 64,
    commits: [10, 11],
    payloadBytes: 2000,
    spoil: (bytes) => bytes.fill(0, 0, 1500),
  });
  expect(judgeTail(holed).kind).toBe("damaged");
});

test("its own commit goes on behind it, and nothing is unwritten: damage", () => {
  const tail = tailOf({ offset: 64, commits: [10, 10, 10], payloadBytes: 2000, spoil: flipOneBit });
  expect(judgeTail(tail).kind).toBe("damaged");
});

test("its own commit goes on behind a sector that was never written: torn", () => {
  const spoil = (bytes: Uint8Array) => bytes.fill(0, 512 - 64, 1024 - 64);
  const tail = tailOf({ offset: 64, commits: [10, 10, 10], payloadBytes: 2000, spoil });
  expect(judgeTail(tail)).toEqual({ kind: "torn", reason: "incomplete commit" });
});

test("zeros that fill no sector are no hole", () => {
  const spoil = (bytes: Uint8Array) => bytes.fill(0, 512 - 63, 1024 - 64 + 100);
  const tail = tailOf({ offset: 64, commits: [10, 10, 10], payloadBytes: 2000, spoil });
  expect(judgeTail(tail).kind).toBe("damaged");
});

test("the rest of the sector in which the commit begins can be the hole", () => {
  // The page that ends at 4096 was not written again, the next one was.
  const spoil = (bytes: Uint8Array) => bytes.fill(0, 0, 96);
  const tail = tailOf({ offset: 4000, commits: [10, 10, 10], payloadBytes: 100, spoil });
  expect(judgeTail(tail)).toEqual({ kind: "torn", reason: "incomplete commit" });
});

test("a commit that began before the bad record is still one commit", () => {
  const layout: Layout = {
    offset: 512 + 64,
    commits: [8, 8, 8],
    payloadBytes: 2000,
    spoil: (bytes) => bytes.fill(0, 512 - 64, 1024 - 64),
  };
  expect(judgeTail(tailOf({ ...layout, lastCommitFirst: 8 })).kind).toBe("torn");
  expect(judgeTail(tailOf({ ...layout, lastCommitFirst: 9 })).kind).toBe("damaged");
});

test("a commit that began in the segment before, which is sealed and does not say so, is still one commit", () => {
  const spoil = (bytes: Uint8Array) => bytes.fill(0, 512 - 64, 1024 - 64);
  const tail = tailOf({ offset: 64, commits: [8, 8, 8], lastCommitFirst: 0, payloadBytes: 2000, spoil });
  expect(judgeTail(tail).kind).toBe("torn");
});

test("what survives of a second commit is seen behind survivors of the first", () => {
  const spoil = (bytes: Uint8Array) => bytes.fill(0, 512 - 64, 1024 - 64);
  const tail = tailOf({ offset: 64, commits: [10, 10, 10, 13], payloadBytes: 2000, spoil });
  expect(judgeTail(tail).kind).toBe("damaged");
});

test("a payload that looks like a record is not one: it would have to know the salt", () => {
  const forged = allocateRecordBytes(400);
  encodeRecord(forged, 0, recordOf(1), { position: 11, commitFirst: 11, salt: salt + 1 });
  const tail = tailOf({
    offset: 64,
    commits: [10],
    payloadBytes: 400,
    spoil: (bytes) => bytes.set(forged.bytes, recordHeaderBytes),
  });
  expect(judgeTail(tail).kind).toBe("torn");
});
