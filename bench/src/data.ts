import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { repository } from "../../apps/server/test/harness/repository";
import { temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { writePad } from "../../apps/server/test/harness/write-changeset";

/** Import and export by the command line, in processes of their own: how fast, and how much memory at most. Linux only. */
const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "10000" },
    pads: { type: "string", default: "20" },
    revisions: { type: "string", default: "5000" },
  },
});

const documents = Number(values.documents);
const pads = Number(values.pads);
const revisions = Number(values.revisions);
const cli = join(repository, "apps", "server", "dist", "cli.js");
const mebibyte = 1024 * 1024;
const count = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const sampleEveryMs = 20;

interface Run {
  readonly seconds: number;
  /** Of all its threads. Beside other work it says more than the seconds do. */
  readonly cpuSeconds: number;
  /** Resident at its highest. */
  readonly memoryBytes: number;
}

/** How Linux counts the time of a process. */
const ticksPerSecond = 100;

async function used(pid: number | undefined): Promise<Omit<Run, "seconds"> | undefined> {
  try {
    const [status, stats] = await Promise.all(
      ["status", "stat"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8")),
    );
    // The name of the process, in parentheses, may hold anything.
    const fields = (stats ?? "").slice((stats ?? "").lastIndexOf(")") + 2).split(" ");
    const peak = /VmHWM:\s+(\d+) kB/.exec(status ?? "")?.[1];
    if (peak === undefined) return undefined;
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuSeconds: ticks / ticksPerSecond, memoryBytes: Number(peak) * 1024 };
  } catch {
    // It has ended.
    return undefined;
  }
}

async function run(...args: readonly string[]): Promise<Run> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [cli, ...args, "--json"], { stdio: ["ignore", "ignore", "inherit"] });
  let newest: Omit<Run, "seconds"> = { cpuSeconds: 0, memoryBytes: 0 };
  const sampling = setInterval(async () => {
    newest = (await used(child.pid)) ?? newest;
  }, sampleEveryMs);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  return { seconds: (performance.now() - startedMs) / 1000, ...newest };
}

function print(what: string, { seconds, cpuSeconds, memoryBytes }: Run, total: number, unit: string): void {
  const rate = `${count.format(total / seconds)} ${unit}/s`;
  const memory = `${count.format(memoryBytes / mebibyte)} MiB`;
  const times = `${`${seconds.toFixed(1)} s`.padStart(9)}${`${cpuSeconds.toFixed(1)} s CPU`.padStart(13)}`;
  console.log(`${what.padEnd(36)}${times}${rate.padStart(22)}${memory.padStart(12)}`);
}

async function writeFiles(directory: string): Promise<void> {
  const text = "The quick brown fox jumps over the lazy dog.\n".repeat(45);
  for (let number = 0; number < documents; number++) {
    const below = join(directory, `folder ${number % 100}`);
    if (number < 100) await mkdir(below, { recursive: true });
    await writeFile(join(below, `${number}.md`), `# Note ${number}\n\n${text}`);
  }
}

async function writePads(directory: string): Promise<void> {
  await mkdir(directory);
  for (let pad = 0; pad < pads; pad++) {
    const typed = Array.from({ length: revisions }, (_, at) => ({
      ...{ at, deleted: 0, inserted: at % 60 === 59 ? "\n" : "x", author: `a.${at % 3}` },
      timeMs: Date.UTC(2025, 0, 1) + 200 * at,
    }));
    await writeFile(join(directory, `${pad}.etherpad`), JSON.stringify(writePad(`pad ${pad}`, typed).json));
  }
}

async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const directory = await temporaryDirectory();
try {
  const at = (name: string) => join(directory.path, name);
  await writeFiles(at("files"));
  await writePads(at("pads"));
  const edits = pads * revisions;
  console.log(
    `${count.format(documents)} files of 2 kB; ${pads} pads of ${count.format(revisions)} revisions`,
  );
  print("import of files", await run("import", at("files"), "--data", at("data")), documents, "documents");
  print("the same again", await run("import", at("files"), "--data", at("data")), documents, "documents");
  print(
    "import of pads, beside the files",
    await run("import", at("pads"), "--data", at("data")),
    edits,
    "edits",
  );
  const all = documents + pads;
  print("export of files", await run("export", "--files", at("out"), "--data", at("data")), all, "documents");
  const exported = await run("export", "--archive", at("archive"), "--data", at("data"));
  print("export of an archive", exported, all, "documents");
  const imported = await run("import", "--archive", at("archive"), "--data", at("other"));
  print("import of the archive", imported, all, "documents");
  const logBytes = await sizeOf(join(at("data"), "log"));
  const archiveBytes = (await stat(at("archive"))).size;
  console.log(
    `log ${(logBytes / mebibyte).toFixed(1)} MiB, archive ${(archiveBytes / mebibyte).toFixed(1)} MiB: exported at ` +
      `${(logBytes / mebibyte / exported.seconds).toFixed(1)} MiB/s, imported at ${(logBytes / mebibyte / imported.seconds).toFixed(1)} MiB/s of log`,
  );
} finally {
  await directory.remove();
}
