import { expect, test } from "vitest";
import { protocolErrorOf } from "../testing/protocol-error-of";
import { HeldUpdates } from "./held-updates";

const facts = { structs: [], deletes: [], references: new Map() };

test("gives back what it holds in order, once", () => {
  const held = new HeldUpdates();
  expect(held.firstMessage).toBeUndefined();
  const updates = [3, 4, 8].map((message) => ({ message, update: Uint8Array.of(message), facts }));
  for (const update of updates) held.add(update);
  expect(held.firstMessage).toBe(3);
  expect(held.takeAll()).toEqual(updates);
  expect([held.firstMessage, held.takeAll()]).toEqual([undefined, []]);
});

test("refuses more than 1,024 updates", () => {
  const held = new HeldUpdates();
  const add = (message: number) => held.add({ message, update: Uint8Array.of(1), facts });
  for (let message = 1; message <= 1024; message++) add(message);
  expect(protocolErrorOf(() => add(1025)).code).toBe("MALFORMED");
});

test("refuses more than 1 MiB, and counts anew after all were taken", () => {
  const held = new HeldUpdates();
  const half = new Uint8Array(512 * 1024);
  for (let round = 0; round < 3; round++) {
    held.add({ message: 1, update: half, facts });
    held.add({ message: 2, update: half, facts });
    held.takeAll();
  }
  held.add({ message: 1, update: half, facts });
  held.add({ message: 2, update: half, facts });
  const oneByte = { message: 3, update: new Uint8Array(1), facts };
  expect(protocolErrorOf(() => held.add(oneByte)).code).toBe("MALFORMED");
});
