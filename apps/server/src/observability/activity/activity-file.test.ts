import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pino } from "pino";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../testing/temporary-directory";
import { ActivityFile } from "./activity-file";

const logger = pino({ level: "silent" });

test("keeps what is known across restarts, in a small file without a trace of who it was", async () => {
  const directory = await temporaryDirectory();
  const path = join(directory, "activity.json.gz");
  const first = await ActivityFile.open(path, logger);
  first.activity.edited("A", "ada", 3);
  await first.close();
  expect(await readdir(directory)).toEqual(["activity.json.gz"]);
  expect((await readFile(path)).length).toBeLessThan(1000);
  const second = await ActivityFile.open(path, logger);
  expect(second.activity.distinctEditors).toEqual({ day: 1, month: 1 });
  expect(second.activity.busiest("1d", 9)).toMatchObject([{ key: "A", count: 3 }]);
  await second.close();
});

test.each([
  ["is no archive", Buffer.from("hello")],
  ["is cut off", gzipSync("{}").subarray(0, 12)],
  ["is of another version", gzipSync('{"version":2}')],
  [
    "has registers of another length",
    gzipSync(
      JSON.stringify({
        version: 1,
        editors: { salt: "AAAA", day: "2026-11-22", ofDay: "AAAA", ofMonth: "AAAA" },
        documents: { "5m": [], "1h": [], "1d": [] },
      }),
    ),
  ],
])("begins anew where the file %s", async (_what, content) => {
  const path = join(await temporaryDirectory(), "activity.json.gz");
  await writeFile(path, content);
  const file = await ActivityFile.open(path, logger);
  file.activity.edited("A", "grace", 1);
  expect(file.activity.distinctEditors).toEqual({ day: 1, month: 1 });
  await file.close();
});
