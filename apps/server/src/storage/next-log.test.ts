import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { adoptNextLog, nextLogDirectory } from "./next-log";

test("an import that ends and a server that starts may both put the next log into its place", async () => {
  for (let round = 0; round < 20; round++) {
    const data = await temporaryDirectory();
    for (const [directory, says] of [
      [join(data, "log"), "before"],
      [nextLogDirectory(data), "next"],
    ] as const) {
      await mkdir(directory);
      await writeFile(join(directory, "segment"), says);
    }
    await Promise.all([adoptNextLog(data), adoptNextLog(data)]);
    expect(await readFile(join(data, "log", "segment"), "utf8")).toBe("next");
    expect(await readFile(join(data, "log.before-import-1", "segment"), "utf8")).toBe("before");
    expect(existsSync(nextLogDirectory(data))).toBe(false);
  }
});
