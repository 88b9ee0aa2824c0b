import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parseUlid, snowflakeParts } from "../src/index";
import { documentId, firstOf2026, reading, revision } from "./example";

test("the README's example is the one that runs here", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const example = await readFile(new URL("./example.ts", import.meta.url), "utf8");
  const shown = /```ts\n(.*?)```/s.exec(readme)?.[1];
  expect(shown?.replaceAll("@scriptorium/ids", "../src/index")).toBe(example);
});

test("the README's example does what the README says", () => {
  expect(parseUlid(documentId)).toBe(documentId);
  expect(snowflakeParts(revision)).toMatchObject({ node: 1, sequence: 0 });
  expect(revision).toBeGreaterThan(325_000_000_000_000_000n);
  expect(snowflakeParts(firstOf2026).timeMs).toBe(Date.UTC(2026, 0, 1));
  expect(reading).toMatchObject({ scheme: "ulid", time: { iso: "2016-07-30T23:54:10.259Z" } });
});
