import { setTimeout as elapsed } from "node:timers/promises";
import * as prng from "lib0/prng";
import { expect, test } from "vitest";
import { RoughNetwork } from "./harness/rough-network";
import { editAtRandom, RoughTable } from "./harness/rough-table";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { steadyPort } from "./harness/tcp-gate";

const firstSeed = Number(process.env.CONVERGE_SEED ?? 1);
const seeds = Array.from(
  { length: Number(process.env.CONVERGE_SEEDS ?? 3) },
  (_, index) => firstSeed + index,
);
const edits = 300;

// Each client of y-websocket waits for the process to end.
process.setMaxListeners(1000);

test.concurrent.each(seeds)(
  "eight who write through a bad network end with one text (CONVERGE_SEED=%i)",
  async (seed) => {
    const random = prng.create(seed);
    const directory = await temporaryDirectory();
    const port = await steadyPort();
    let server = await ServerProcess.start(directory.path, { port });
    const network = await RoughNetwork.listen(port, random);
    const { socketUrl } = network;
    const tables = [
      new RoughTable(socketUrl, await server.createDocument(), { own: 3, stock: 2 }),
      new RoughTable(socketUrl, await server.createDocument(), { own: 1, stock: 2 }),
    ];
    const killAndAudit = async () => {
      await server.stop("SIGKILL");
      network.shut();
      server = await ServerProcess.start(directory.path, { port });
      // Nobody has come back yet, so whatever is there was on the disk.
      for (const table of tables) await table.audit(server);
    };

    // Every other time the server is killed on the way.
    const killAt = seed % 2 === 0 ? prng.int32(random, 1, edits) : undefined;
    const docs = tables.flatMap((table) => table.docs);
    for (let edit = 1; edit <= edits; edit++) {
      editAtRandom(prng.oneOf(random, docs), random);
      if (prng.bool(random)) await elapsed(prng.int32(random, 0, 10));
      if (edit !== killAt) continue;
      await killAndAudit();
      network.roughen();
    }
    network.heal();
    for (let edit = 0; edit < 50; edit++) editAtRandom(prng.oneOf(random, docs), random);
    for (const table of tables) await Promise.race([table.compare(server), table.failed]);
    await killAndAudit();

    for (const table of tables) table.leave();
    // About twenty: a seed may well pass over one kind of fault, but not over all.
    expect(Object.values(network.faults).reduce((sum, count) => sum + count)).toBeGreaterThan(3);
    await network.close();
    expect(await server.stop()).toBe(0);
    await directory.remove();
  },
);
