import { expect, test } from "vitest";
import { Flight, type Sendable } from "./flight";

/** Frames that note what was sent. */
function framesOf(client: number, clocks: readonly number[]): Sendable & { sent: number } {
  return {
    client,
    clocks: Uint32Array.from(clocks),
    sent: 0,
    send(_from, to) {
      this.sent = to;
    },
  };
}

/** What was seen is looked at once per turn of the event loop. */
const turn = () => new Promise(setImmediate);

test("sends more only for what the slowest reader has seen", async () => {
  const frames = framesOf(7, [1, 2, 3, 4, 5, 6]);
  const flight = new Flight([frames], 2, 3);
  flight.start();
  expect(frames.sent).toBe(3);
  flight.see(0, 7, 3);
  await turn();
  expect([frames.sent, flight.arrived]).toEqual([3, 0]);
  flight.see(1, 7, 2);
  await turn();
  expect([frames.sent, flight.arrived]).toEqual([5, 2]);
});

test("shares what may be in flight between the writers", async () => {
  const writers = [framesOf(7, [1, 2, 3, 4]), framesOf(8, [1, 2, 3, 4])];
  const flight = new Flight(writers, 1, 4);
  flight.start();
  expect(writers.map(({ sent }) => sent)).toEqual([2, 2]);
  flight.see(0, 8, 1);
  await turn();
  expect(writers.reduce((sum, { sent }) => sum + sent, 0)).toBe(5);
});

test("does not wait for edits that only delete, as no clock shows them", async () => {
  const frames = framesOf(7, [1, 1, 1, 1, 2, 2]);
  const flight = new Flight([frames], 1, 2);
  flight.start();
  expect(frames.sent).toBe(2);
  flight.see(0, 7, 1);
  await turn();
  expect(frames.sent).toBe(6);
  flight.see(0, 7, 2);
  await flight.exhausted;
  expect(flight.arrived).toBe(6);
});

test("lands when all that was sent has been seen, and sends no more", async () => {
  const frames = framesOf(7, [1, 2, 3, 4]);
  const flight = new Flight([frames], 1, 2);
  flight.start();
  const landing = flight.land();
  flight.see(0, 7, 2);
  await landing;
  expect([frames.sent, flight.arrived]).toEqual([2, 2]);
});
