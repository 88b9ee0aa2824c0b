import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writePad } from "../../../apps/server/test/harness/write-changeset";
import { runOurs } from "./commands";
import { formatCount, formatMebibytes, mebibyte, printRun, printTitle } from "./report";
import { type Scenario, sizeOf, type Workbench } from "./scenario";

/** Writes so many files of 2 kB, in a hundred folders. */
export async function writeFiles(directory: string, documents: number): Promise<void> {
  const text = "The quick brown fox jumps over the lazy dog.\n".repeat(45);
  for (let number = 0; number < documents; number++) {
    const below = join(directory, `folder ${number % 100}`);
    if (number < 100) await mkdir(below, { recursive: true });
    await writeFile(join(below, `${number}.md`), `# Note ${number}\n\n${text}`);
  }
}

async function writePads(directory: string, { pads, revisions }: Workbench): Promise<void> {
  await mkdir(directory);
  for (let pad = 0; pad < pads; pad++) {
    const typed = Array.from({ length: revisions }, (_, at) => ({
      ...{ at, deleted: 0, inserted: at % 60 === 59 ? "\n" : "x", author: `a.${at % 3}` },
      timeMs: Date.UTC(2025, 0, 1) + 200 * at,
    }));
    await writeFile(join(directory, `${pad}.etherpad`), JSON.stringify(writePad(`pad ${pad}`, typed).json));
  }
}

/** Import and export by the command line. */
export const files: Scenario = {
  name: "files",
  async run(bench) {
    const { at, documents, pads, revisions } = bench;
    await writeFiles(at("files"), documents);
    await writePads(at("pads"), bench);
    const edits = pads * revisions;
    printTitle(
      `${formatCount(documents)} files of 2 kB; ${pads} pads of ${formatCount(revisions)} revisions`,
    );
    const importFiles = () => runOurs("import", at("files"), "--data", at("data"));
    printRun("import of files", await importFiles(), documents, "documents");
    printRun("the same again", await importFiles(), documents, "documents");
    const ofPads = await runOurs("import", at("pads"), "--data", at("data"));
    printRun("import of pads, beside the files", ofPads, edits, "edits");
    const all = documents + pads;
    const asFiles = await runOurs("export", "--files", at("out"), "--data", at("data"));
    printRun("export of files", asFiles, all, "documents");
    const exported = await runOurs("export", "--archive", at("archive"), "--data", at("data"));
    printRun("export of an archive", exported, all, "documents");
    const imported = await runOurs("import", "--archive", at("archive"), "--data", at("other"));
    printRun("import of the archive", imported, all, "documents");
    const logBytes = await sizeOf(join(at("data"), "log"));
    const archiveBytes = (await stat(at("archive"))).size;
    const rate = ({ seconds }: typeof exported) => (logBytes / mebibyte / seconds).toFixed(1);
    console.log(
      `log ${formatMebibytes(logBytes)}, archive ${formatMebibytes(archiveBytes)}: exported at ` +
        `${rate(exported)} MiB/s, imported at ${rate(imported)} MiB/s of log`,
    );
  },
};
