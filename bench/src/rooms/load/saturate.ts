import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { cpuSeconds } from "../machine";
import type { Subject } from "../servers/subject";
import { typedCharacters } from "./edits";
import { Flight } from "./flight";
import { PreparedFrames } from "./prepared-frames";
import { closeAll, openReaders } from "./readers";

export interface SaturateOptions {
  readonly writers: number;
  readonly readers: number;
  /** Over all writers. */
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** How many edits are prepared, over all writers. */
  readonly editsMax: number;
}

export interface Saturation {
  readonly updatesPerSecond: number;
  readonly cpuSecondsPer10k: number;
  /** Share of a core that the load process took: near 1, it is what was measured. */
  readonly loadShare: number;
}

/** Types into one room as fast as its readers get it. */
export async function saturate(subject: Subject, options: SaturateOptions): Promise<Saturation> {
  const document = await subject.createDocument();
  let flight: Flight | undefined;
  const readers = await openReaders(subject, document, options.readers, (reader, client, clock) =>
    flight?.see(reader, client, clock),
  );
  const writers = await Promise.all(Array.from({ length: options.writers }, () => subject.connect(document)));
  const perWriter = Math.ceil(options.editsMax / options.writers);
  const frames = writers.map(
    (writer, index) => new PreparedFrames(writer, typedCharacters(index, perWriter), perWriter),
  );
  const started = new Flight(frames, options.readers, options.inFlight);
  flight = started;

  started.start();
  await pause(options.warmUpMs);
  const before = snapshot(subject.pid, started);
  await Promise.race([pause(options.measureMs), started.exhausted]);
  const after = snapshot(subject.pid, started);
  await started.land();
  await closeAll([...readers, ...writers]);

  const updates = after.arrived - before.arrived;
  const seconds = (after.atMs - before.atMs) / 1000;
  return {
    updatesPerSecond: updates / seconds,
    cpuSecondsPer10k: ((after.cpuSeconds - before.cpuSeconds) / updates) * 10_000,
    loadShare: (after.loadCpuSeconds - before.loadCpuSeconds) / seconds,
  };
}

function snapshot(pid: number, flight: Flight) {
  return {
    atMs: performance.now(),
    arrived: flight.arrived,
    cpuSeconds: cpuSeconds(pid),
    loadCpuSeconds: cpuSeconds(process.pid),
  };
}
