import { join } from "node:path";
import { parseArgs } from "node:util";
import { temporaryDirectory } from "../../apps/server/test/harness/server-process";
import { chosen } from "./chosen";
import { backup } from "./data/backup";
import { runOurs } from "./data/commands";
import { files, writeFiles } from "./data/files";
import type { Workbench } from "./data/scenario";
import { space } from "./data/space";
import { starting } from "./data/start";

/** What data costs: moving it in and out, starting on it, keeping it, backing it up. Linux only. */
const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "10000" },
    pads: { type: "string", default: "20" },
    revisions: { type: "string", default: "5000" },
    rounds: { type: "string", default: "3" },
    only: { type: "string" },
  },
});

const directory = await temporaryDirectory();
try {
  const at = (name: string) => join(directory.path, name);
  const documents = Number(values.documents);
  const bench: Workbench = {
    at,
    documents,
    pads: Number(values.pads),
    revisions: Number(values.revisions),
    rounds: Number(values.rounds),
    async importedData() {
      await writeFiles(at("imported-files"), documents);
      await runOurs("import", at("imported-files"), "--data", at("imported"));
      return at("imported");
    },
  };
  for (const scenario of chosen(values.only, [files, starting, space, backup], ({ name }) => name)) {
    await scenario.run(bench);
  }
} finally {
  await directory.remove();
}
