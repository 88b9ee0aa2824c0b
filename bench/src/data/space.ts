import { join } from "node:path";
import { ownClient, reached } from "../../../apps/server/test/harness/clients";
import { ServerProcess } from "../../../apps/server/test/harness/server-process";
import { applyPatches, readTrace, type SequentialTrace } from "../../../apps/server/test/harness/traces";
import { formatCount, formatMebibytes, printFigure, printTitle } from "./report";
import { type Scenario, sizeOf } from "./scenario";
import { sealedCopyOf } from "./written-log";

/** What `automerge-paper`, typed by a client keystroke by keystroke, takes up on the disk. */
export const space: Scenario = {
  name: "space",
  async run({ at }) {
    const data = at("space");
    const server = await ServerProcess.start(data);
    const id = await server.createDocument({ title: "automerge-paper" });
    const writer = ownClient(server.socketUrl, id);
    await reached(writer, "saved");
    const before = { log: await sizeOf(join(data, "log")), rest: await sizeOf(join(data, "projections")) };

    const { txns, endContent } = readTrace<SequentialTrace>("automerge-paper");
    const text = writer.doc.getText("content");
    for (const [index, { patches }] of txns.entries()) {
      writer.doc.transact(() => applyPatches(text, patches));
      // As an editor does, each is a message of its own.
      if (index % 100 === 0) await new Promise(setImmediate);
    }
    await reached(writer, "saved");
    if ((await server.text(id)) !== endContent) throw new Error("the server's text is not the trace's");
    writer.destroy();
    writer.doc.destroy();
    await server.stop();

    const edits = txns.length;
    const perThousand = (bytes: number) => `${formatCount((1000 * bytes) / edits)} bytes`;
    printTitle(
      `${formatCount(edits)} keystrokes that leave ${formatCount(endContent.length)} characters: disk for 1,000 of them`,
    );
    const live = (await sizeOf(join(data, "log"))) - before.log;
    printFigure("log, until its segment is 64 MiB or a day old", perThousand(live));
    const sealed = await sizeOf(await sealedCopyOf(join(data, "log"), at("space-sealed")));
    printFigure("log, sealed", perThousand(sealed));
    const rest = (await sizeOf(join(data, "projections"))) - before.rest;
    printFigure("projections (catalogue, checkpoint, search, figures)", `${formatMebibytes(rest)} in all`);
  },
};
