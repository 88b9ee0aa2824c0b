import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { encodeAwareness, readAwarenessUpdate, writeAwarenessUpdate } from "@scriptorium/protocol";
import { closeAll } from "../load/readers";
import { cpuSeconds } from "../machine";
import type { Subject } from "../servers/subject";
import { quantile } from "../statistics";
import type { WireClient } from "../wire/wire-client";
import type { Extent, Figures, Scenario } from "./scenario";

const clientCount = 50;
const moveIntervalMs = 100;
/** Clients at which latencies are taken. */
const observerCount = 5;
const firstClientId = 0x5c00_0000;

/** Everybody's cursor moves. Clients hand back what is news to them, as stock clients do. */
export const cursors: Scenario = {
  name: "cursors",
  title: `${clientCount} clients, each moves its cursor 10 times a second`,
  servers: ["ours", "ywss", "hocuspocus", "ws"],
  roundsMax: 2,
  figures: [
    { key: "cpu", title: "server CPU, %", decimals: 1 },
    { key: "frames", title: "frames/s at one client", decimals: 0 },
    { key: "p50", title: "p50, ms", decimals: 2 },
    { key: "load", title: "load process, share of its core", decimals: 2 },
  ],
  bars: [
    { figure: "cpu", atMostTimes: 0.4, of: "better peer" },
    { figure: "frames", atMostTimes: 0.15, of: "better peer" },
    { figure: "p50", atMost: 25 },
  ],
  begin: async (subject, extent) => () => measure(subject, extent),
};

/** One person's awareness, and what that person's client knows of the others. */
class Person {
  readonly #clientId: number;
  readonly #latencies: number[] | undefined;
  readonly #movedAtMs: Map<string, number>;
  readonly #known = new Map<number, number>();
  #clock = 0;
  client: WireClient | undefined;

  constructor(index: number, movedAtMs: Map<string, number>, latencies: number[]) {
    this.#clientId = firstClientId + index;
    this.#movedAtMs = movedAtMs;
    this.#latencies = index < observerCount ? latencies : undefined;
  }

  move(): void {
    const clock = ++this.#clock;
    this.#movedAtMs.set(`${this.#clientId} ${clock}`, performance.now());
    const place = { tname: "content", item: { client: 0x9a3b_0000, clock: 1000 + clock }, assoc: 0 };
    const state = JSON.stringify({
      user: { name: "Ada", color: "#30bced", colorLight: "#30bced33" },
      cursor: { anchor: place, head: place },
    });
    this.#known.set(this.#clientId, clock);
    this.client?.send(encodeAwareness(writeAwarenessUpdate([{ client: this.#clientId, clock, state }])));
  }

  hear(update: Uint8Array, arrivedAtMs: number, echoes: boolean): void {
    let isNews = false;
    for (const { client, clock } of readAwarenessUpdate(update)) {
      if (clock <= (this.#known.get(client) ?? -1)) continue;
      this.#known.set(client, clock);
      isNews = true;
      const movedAtMs = this.#movedAtMs.get(`${client} ${clock}`);
      if (movedAtMs !== undefined) this.#latencies?.push(arrivedAtMs - movedAtMs);
    }
    if (isNews && echoes) this.client?.send(encodeAwareness(update));
  }
}

async function measure(subject: Subject, { quick }: Extent): Promise<Figures> {
  const document = await subject.createDocument();
  const movedAtMs = new Map<string, number>();
  const latencies: number[] = [];
  const people = Array.from({ length: clientCount }, (_, index) => new Person(index, movedAtMs, latencies));
  const { echoesAwareness } = subject.kind.dialect;
  const clients = await Promise.all(
    people.map((person) =>
      subject.connect(document, {
        listener: { awareness: (update, arrivedAtMs) => person.hear(update, arrivedAtMs, echoesAwareness) },
      }),
    ),
  );
  for (const [index, person] of people.entries()) person.client = clients[index];

  await moveAll(people, 500);
  latencies.length = 0;
  const first = clients[0];
  const framesBefore = first?.framesReceived ?? 0;
  const cpuBefore = cpuSeconds(subject.pid);
  const loadBefore = cpuSeconds(process.pid);
  const seconds = await moveAll(people, quick ? 1500 : 3000);
  const figures = {
    cpu: (100 * (cpuSeconds(subject.pid) - cpuBefore)) / seconds,
    frames: ((first?.framesReceived ?? 0) - framesBefore) / seconds,
    p50: quantile(latencies, 0.5),
    load: (cpuSeconds(process.pid) - loadBefore) / seconds,
  };
  await closeAll(clients);
  return figures;
}

/** Moves the cursors in turns, evenly over time, and returns how many seconds it took. */
async function moveAll(people: readonly Person[], durationMs: number): Promise<number> {
  const startedAtMs = performance.now();
  const total = (people.length * durationMs) / moveIntervalMs;
  for (let next = 0; next < total; ) {
    const elapsedMs = performance.now() - startedAtMs;
    const due = Math.min(total, Math.ceil((elapsedMs * people.length) / moveIntervalMs));
    for (; next < due; next++) people[next % people.length]?.move();
    await pause(1);
  }
  return (performance.now() - startedAtMs) / 1000;
}
