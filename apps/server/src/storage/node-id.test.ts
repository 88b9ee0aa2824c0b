import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { nodeOfDirectory } from "./node-id";

test("a directory keeps the node that it was given at first", async () => {
  const directory = await temporaryDirectory();
  const file = join(directory, "node");
  const node = await nodeOfDirectory(file);
  expect(node).toBeGreaterThanOrEqual(0);
  expect(node).toBeLessThan(1024);
  expect(await readFile(file, "utf8")).toBe(`${node}\n`);
  expect([await nodeOfDirectory(file), await nodeOfDirectory(file)]).toEqual([node, node]);
  expect(await readdir(directory)).toEqual(["node"]);
});

test("directories have different nodes", async () => {
  const directory = await temporaryDirectory();
  const files = Array.from({ length: 20 }, (_, index) => join(directory, `node-${index}`));
  const nodes = await Promise.all(files.map((file) => nodeOfDirectory(file)));
  // That chance makes fewer than 13 different ones of 20 happens less than once in a billion runs.
  expect(new Set(nodes).size).toBeGreaterThanOrEqual(13);
});

test.each(["", "1024\n", "-1\n", "seven\n", "7\n7\n"])(
  "a file that says %j is replaced by one with a node",
  async (text) => {
    const file = join(await temporaryDirectory(), "node");
    await writeFile(file, text);
    const node = await nodeOfDirectory(file);
    expect(await readFile(file, "utf8")).toBe(`${node}\n`);
    expect(await nodeOfDirectory(file)).toBe(node);
  },
);
