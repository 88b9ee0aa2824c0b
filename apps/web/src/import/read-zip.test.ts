import fc from "fast-check";
import { expect, test } from "vitest";
import { makeZip } from "../../test/make-zip";
import { fileBytesMax, unpackedBytesMax } from "./limits";
import { readZip } from "./read-zip";

const refusal = (code: string) => expect.objectContaining({ name: "ImportError", code });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("unpacks what is deflated and what is stored, and passes over folders and what systems add", async () => {
  const zip = makeZip([
    { name: "notes/", content: "", method: 0 },
    { name: "notes/Äpfel.md", content: "# Äpfel\n".repeat(1000) },
    { name: "plain.txt", content: "plain", method: 0 },
    { name: "__MACOSX/._plain.txt", content: "x" },
    { name: "notes/.DS_Store", content: "x" },
  ]);
  const entries = readZip(zip);
  expect(entries.map(({ name }) => name)).toEqual(["notes/Äpfel.md", "plain.txt"]);
  expect(await Promise.all(entries.map(async (entry) => text(await entry.read())))).toEqual([
    "# Äpfel\n".repeat(1000),
    "plain",
  ]);
});

test("refuses what is encrypted, packed otherwise, or not what its checksum says, and reads the rest", async () => {
  const entries = readZip(
    makeZip([
      { name: "secret", content: "x", flags: 1 },
      { name: "lzma", content: "x", method: 14 },
      { name: "flipped", content: "x", claims: { checksum: 1 } },
      { name: "fine", content: "fine" },
    ]),
  );
  const read = await Promise.allSettled(entries.map((entry) => entry.read()));
  expect(read.map((each) => (each.status === "rejected" ? each.reason : text(each.value)))).toEqual([
    refusal("ZIP_ENCRYPTED"),
    refusal("ZIP_UNSUPPORTED"),
    refusal("ZIP_BROKEN"),
    "fine",
  ]);
});

test("stops unpacking where more comes out than may, whatever the directory claims", async () => {
  const zeros = Buffer.alloc(fileBytesMax + 1);
  const [bomb] = readZip(makeZip([{ name: "bomb", content: zeros, claims: { unpackedBytes: 10 } }]));
  await expect(bomb?.read().then(({ length }) => length)).rejects.toEqual(refusal("TOO_LARGE"));

  const part = Buffer.alloc(fileBytesMax);
  const count = unpackedBytesMax / fileBytesMax + 1;
  const entries = readZip(
    makeZip(Array.from({ length: count }, (_, index) => ({ name: String(index), content: part }))),
  );
  for (const entry of entries.slice(0, -1)) expect((await entry.read()).length).toBe(fileBytesMax);
  await expect(
    entries
      .at(-1)
      ?.read()
      .then(({ length }) => length),
  ).rejects.toEqual(refusal("ZIP_TOO_LARGE"));
});

test("refuses archives with too many files, with none, and what is no archive", () => {
  const many = makeZip(
    Array.from({ length: 1001 }, (_, index) => ({ name: String(index), content: "", method: 0 })),
  );
  expect(() => readZip(many)).toThrow(refusal("ZIP_TOO_MANY"));
  expect(() => readZip(makeZip([]))).toThrow(refusal("ZIP_EMPTY"));
  expect(() => readZip(new TextEncoder().encode("PK, but nothing else"))).toThrow(refusal("ZIP_BROKEN"));
  expect(() => readZip(new Uint8Array(0))).toThrow(refusal("ZIP_BROKEN"));
});

test("answers every damage with files or a refusal, nothing else", async () => {
  const sound = makeZip([
    { name: "a.txt", content: "some words, some words" },
    { name: "b.txt", content: "other words", method: 0 },
  ]);
  const damage = fc.record({ at: fc.nat(sound.length - 1), byte: fc.nat(255), length: fc.nat(sound.length) });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, byte, length }) => {
      const damaged = sound.slice();
      damaged[at] = byte;
      for (const archive of [damaged, sound.slice(0, length)]) {
        try {
          for (const entry of readZip(archive)) await entry.read();
        } catch (error) {
          expect(error).toMatchObject({ name: "ImportError" });
        }
      }
    }),
  );
});
