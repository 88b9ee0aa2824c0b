/*
 * A worker thread for the tests, bundled by them: reads the log up to each position it is sent, and answers
 * with the positions and payload lengths it found.
 */
import { parentPort, workerData } from "node:worker_threads";
import { LogReader } from "../src/index";

const reader = await LogReader.open({ directory: String(workerData) });

parentPort?.on("message", async (through: number) => {
  const found: [number, number][] = [];
  for await (const { position, payload } of reader.read(through)) found.push([position, payload.byteLength]);
  parentPort?.postMessage(found);
});
