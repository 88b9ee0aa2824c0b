import { rm } from "node:fs/promises";
import { join } from "node:path";
import { median } from "../rooms/statistics";
import { type Run, run, runOurs } from "./commands";
import { formatCount, formatMebibytes, mebibyte, printTitle } from "./report";
import { type Scenario, sizeOf } from "./scenario";
import { sealedCopyOf, writeLogOf } from "./written-log";

const documents = 6;

interface Method {
  readonly title: string;
  /** Makes `target` of the data, or of its backup. */
  readonly run: (data: string, backup: string, target: string) => Promise<Run>;
}

/** A copy whose files would survive a power cut, as those of a backup do. */
const syncedCopy = 'cp -a "$0" "$1" && find "$1" -type f -exec sync {} + && sync "$1"';

const methods: readonly Method[] = [
  { title: "cp -a", run: (data, _backup, target) => run("cp", ["-a", data, target]) },
  {
    title: "cp -a, and each file synced",
    run: (data, _backup, target) => run("sh", ["-c", syncedCopy, data, target]),
  },
  { title: "backup", run: (data, _backup, target) => runOurs("backup", target, "--data", data) },
  {
    title: "restore --dry-run",
    run: (_data, backup, target) => runOurs("restore", backup, "--dry-run", "--to", target),
  },
  { title: "restore", run: (_data, backup, target) => runOurs("restore", backup, "--to", target) },
];

/** Backup and restore by the command line, beside plain copies of the same files; all in the page cache. */
export const backup: Scenario = {
  name: "backup",
  async run({ at, rounds }) {
    const plain = at("plain");
    const edits = await writeLogOf(join(plain, "log"), documents);
    const sealed = at("sealed");
    await sealedCopyOf(join(plain, "log"), join(sealed, "log"));
    for (const [kind, data] of Object.entries({ "as it was written": plain, sealed })) {
      const bytes = await sizeOf(data);
      printTitle(`${formatCount(edits)} edits in a log of ${formatMebibytes(bytes)}, ${kind}; medians`);
      const made = at(`backup-of-${kind}`);
      await runOurs("backup", made, "--data", data);
      for (const { title, run } of methods) {
        const runs: Run[] = [];
        for (let round = 0; round < rounds; round++) {
          const target = at("target");
          runs.push(await run(data, made, target));
          await rm(target, { recursive: true, force: true });
        }
        const seconds = median(runs.map((each) => each.seconds));
        const cpu = median(runs.map(({ cpuSeconds }) => cpuSeconds));
        const columns = [
          `${seconds.toFixed(2)} s`,
          `${cpu.toFixed(1)} s CPU`,
          `${formatCount(bytes / mebibyte / seconds)} MiB/s`,
          `${formatCount(edits / seconds)} edits/s`,
        ];
        console.log(title.padEnd(30) + columns.map((column) => column.padStart(20)).join(""));
      }
    }
  },
};
