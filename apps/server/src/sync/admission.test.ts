import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { Admission, addressOf } from "./admission";

function requestFrom(remoteAddress: string, forwardedFor?: string): IncomingMessage {
  return {
    socket: { remoteAddress },
    headers: { "x-forwarded-for": forwardedFor },
  } as unknown as IncomingMessage;
}

const limits = { connectionsMax: 50, connectionsPerDocumentMax: 3, openingsPerSecond: 1, trustedProxies: 0 };

test("lets an address open a burst, then as many as it may per second, whatever others do", () => {
  let nowMs = 0;
  const admission = new Admission(limits, () => nowMs);
  const codes = (address: string, count: number) =>
    Array.from({ length: count }, () => admission.refuse(requestFrom(address))?.code);
  expect(codes("10.0.0.1", 22)).toEqual([...Array(20).fill(undefined), 4529, 4529]);
  expect(codes("10.0.0.2", 1)).toEqual([undefined]);
  nowMs = 2000;
  admission.forgetQuiet();
  expect(codes("10.0.0.1", 3)).toEqual([undefined, undefined, 4529]);
  nowMs = 60_000;
  admission.forgetQuiet();
  expect(codes("10.0.0.1", 21)).toEqual([...Array(20).fill(undefined), 4529]);
});

test("lets nobody in beyond the connections there may be, in all and in one document", () => {
  const admission = new Admission(limits);
  expect([admission.refuseToServer(49), admission.refuseToServer(50)?.code]).toEqual([undefined, 1013]);
  expect([admission.refuseToRoom(2), admission.refuseToRoom(3)?.code]).toEqual([undefined, 1013]);
});

test.each([
  [0, "1.1.1.1", "9.9.9.9"],
  [1, "1.1.1.1, 2.2.2.2", "2.2.2.2"],
  [2, "1.1.1.1, 2.2.2.2", "1.1.1.1"],
  [3, "1.1.1.1, 2.2.2.2", "9.9.9.9"],
  [1, undefined, "9.9.9.9"],
])(
  "behind %i proxies takes of %j the address %s, which no client can make up",
  (proxies, header, address) => {
    expect(addressOf(requestFrom("9.9.9.9", header), proxies)).toBe(address);
  },
);
