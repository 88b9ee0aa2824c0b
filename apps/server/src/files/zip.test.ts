import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeZip, type ZippedFile } from "../../test/harness/write-zip";
import { Refusal } from "./refusal";
import { Zip } from "./zip";

const mebibyte = 1024 * 1024;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "scriptorium-"));
});

afterAll(() => rm(directory, { recursive: true }));

test("the files of an archive come out as they went in, and directories are none", async () => {
  const zip = await open([
    { name: "a/", content: "" },
    { name: "a/grün.md", content: "# Grün" },
    { name: "empty.txt", content: "" },
  ]);
  expect(zip.entries.map(({ name }) => name)).toEqual(["a/grün.md", "empty.txt"]);
  expect(await contents(zip)).toEqual(["# Grün", ""]);
  expect(new Date(zip.entries[0]?.modifiedMs ?? 0)).toEqual(new Date(2025, 2, 15));
  await zip.close();
});

test("unpacking ends where more comes out than may, whatever the archive says", async () => {
  const zip = await open([{ name: "bomb", content: Buffer.alloc(64 * mebibyte) }]);
  await expect(zip.entries[0]?.read(mebibyte)).rejects.toThrow("unpacks to more than 1048576 bytes");
  await zip.close();
});

test.each([
  ["a wrong checksum", { name: "a", content: "text", checksum: 1 }, "is damaged"],
  ["an encrypted file", { name: "a", content: "text", flags: 1 }, "is encrypted"],
])("%s is refused", async (_title, file, message) => {
  const zip = await open([file]);
  await expect(zip.entries[0]?.read(mebibyte)).rejects.toThrow(message);
  await zip.close();
});

test("of whatever bytes, an archive is read or refused", async () => {
  const sound = writeZip([{ name: "a.md", content: "text" }]);
  const change = fc.record({ at: fc.nat(sound.length - 1), to: fc.nat(255) });
  const bytes = fc.oneof(
    fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) => {
      const changed = Buffer.from(sound);
      for (const { at, to } of changes) changed.writeUInt8(to, at);
      return changed;
    }),
    fc.nat(sound.length).map((length) => sound.subarray(0, length)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (bytes) => {
      const path = join(directory, "changed.zip");
      await writeFile(path, bytes);
      try {
        const zip = await Zip.open(path);
        try {
          for (const entry of zip.entries) await entry.read(mebibyte);
        } finally {
          await zip.close();
        }
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
  );
});

async function open(files: readonly ZippedFile[]): Promise<Zip> {
  const path = join(directory, "archive.zip");
  await writeFile(path, writeZip(files));
  return Zip.open(path);
}

function contents(zip: Zip): Promise<string[]> {
  return Promise.all(zip.entries.map(async ({ read }) => Buffer.from(await read(mebibyte)).toString()));
}
