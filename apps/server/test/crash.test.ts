import { setTimeout as elapsed } from "node:timers/promises";
import * as prng from "lib0/prng";
import { expect, test } from "vitest";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { steadyPort, TcpGate } from "./harness/tcp-gate";
import { WritingTable } from "./harness/writing-table";

const seed = Number(process.env.CRASH_SEED ?? 1);
const rounds = Number(process.env.CRASH_ROUNDS ?? 20);
/** Crashes between two moments at which all stop typing and compare. */
const roundsPerComparison = 5;

test(`a server killed ${rounds} times loses nothing that it acknowledged (CRASH_SEED=${seed})`, {
  timeout: 30_000 + rounds * 10_000,
}, async () => {
  const directory = await temporaryDirectory();
  const random = prng.create(seed);
  const port = await steadyPort();
  let server = await ServerProcess.start(directory.path, { port });
  const gate = await TcpGate.listen(port);
  const tables = [
    new WritingTable(gate.socketUrl, await server.createDocument({ title: "one" }), random, 3),
    new WritingTable(gate.socketUrl, await server.createDocument({ title: "two" }), random, 1),
  ];
  let records = server.recovery.records;
  const restart = async () => {
    server = await ServerProcess.start(directory.path, { port });
    expect(server.recovery.records).toBeGreaterThanOrEqual(records);
    records = server.recovery.records;
  };

  gate.open();
  for (const table of tables) table.start();
  for (let round = 1; round <= rounds; round++) {
    await untilKillMoment(random, tables);
    gate.shut();
    await server.stop("SIGKILL");
    if (prng.int32(random, 1, 4) === 1) {
      const stillborn = ServerProcess.launch(directory.path, { port });
      await elapsed(prng.int32(random, 0, 400));
      await stillborn.stop("SIGKILL");
    }
    await restart();
    // Nobody has come back yet, so whatever is there was on the disk.
    await Promise.all(tables.map((table) => table.audit(server)));
    gate.open();
    if (round % roundsPerComparison > 0 && round < rounds) continue;
    await Promise.all(tables.map((table) => table.compare(server)));
    for (const table of tables) table.start();
  }
  for (const table of tables) await table.leave();
  await gate.close();
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

/** While they type, or while they are still on their way back in. */
async function untilKillMoment(random: prng.PRNG, tables: readonly WritingTable[]): Promise<void> {
  if (prng.int32(random, 1, 4) > 1) {
    await Promise.all(tables.map(({ acknowledged }) => acknowledged.next()));
    await elapsed(prng.int32(random, 0, 400));
  } else {
    await elapsed(prng.int32(random, 0, 150));
  }
}
