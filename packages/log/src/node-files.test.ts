import { constants } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { nodeFiles } from "./node-files";

/** The flags of all descriptors of this process that are open on `path`. */
async function flagsOf(path: string): Promise<number[]> {
  const flags: number[] = [];
  for (const descriptor of await readdir("/proc/self/fd")) {
    // One of them was for the listing, and is gone.
    const target = await readlink(`/proc/self/fd/${descriptor}`).catch(() => undefined);
    if (target !== path) continue;
    const info = await readFile(`/proc/self/fdinfo/${descriptor}`, "utf8");
    flags.push(Number.parseInt(/^flags:\s+(\d+)/m.exec(info)?.[1] ?? "", 8));
  }
  return flags;
}

test.runIf(process.platform === "linux")(
  "commits through a descriptor whose every write is synced",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "scriptorium-log-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, "file");
    const file = await nodeFiles.create(path);
    await file.writeAt(Buffer.from("written "), 0);
    const isSynced = (flags: number) => (flags & constants.O_DSYNC) === constants.O_DSYNC;
    expect((await flagsOf(path)).map(isSynced)).toEqual([false]);

    expect(await file.commitAt(Buffer.from("and committed"), 8)).toBe(13);
    expect((await flagsOf(path)).map(isSynced)).toEqual([false, true]);
    expect(await readFile(path, "utf8")).toBe("written and committed");

    await file.close();
    expect(await flagsOf(path)).toEqual([]);
  },
);
