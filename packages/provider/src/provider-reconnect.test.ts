import { CloseCode } from "@scriptorium/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { start } from "../test/started-provider";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long it takes until the next attempt to connect, to the millisecond. */
function waitMs(sockets: readonly unknown[]): number {
  const attempts = sockets.length;
  for (let waited = 0; waited < 100_000; waited++) {
    if (sockets.length > attempts) return waited;
    vi.advanceTimersByTime(1);
  }
  return expect.fail("there was no attempt");
}

test("waits longer after each failure, by chance between half the backoff and all of it", () => {
  let random = 0;
  const { server } = start({ random: () => random, backoffMsMax: 1000 });
  const waits: number[] = [];
  for (random of [0, 0.5, 0.25, 0, 0.75, 0.5]) {
    server.socket.arriveFailure();
    server.flush();
    waits.push(waitMs(server.sockets));
  }
  expect(waits).toEqual([100, 300, 500, 500, 875, 750]);
});

test("begins anew with short waits after a connection that came to something", () => {
  const { server } = start({ random: () => 0.5, backoffMsMax: 1000 });
  for (let failures = 0; failures < 5; failures++) {
    server.socket.arriveFailure();
    server.flush();
    waitMs(server.sockets);
  }
  server.shakeHands();
  server.socket.arriveClose(1006, "");
  server.flush();
  expect(waitMs(server.sockets)).toBe(150);
});

test("comes back within a second to a server that restarts, each client at another moment", () => {
  const waits = [0.1, 0.9].map((random) => {
    const { server } = start({ random: () => random, backoffMsMax: 1000 });
    server.shakeHands();
    server.socket.arriveClose(CloseCode.restarting, "the server is restarting");
    server.flush();
    return waitMs(server.sockets);
  });
  expect(waits).toEqual([100, 900]);
});

test("says that it reconnects while a server restarts, and that it is offline where that takes too long", () => {
  const { server, provider } = start();
  const failNext = () => {
    waitMs(server.sockets);
    server.socket.arriveFailure();
    server.flush();
    return provider.status.state;
  };
  server.shakeHands();
  server.socket.arriveClose(CloseCode.restarting, "the server is restarting");
  server.flush();
  const states = Array.from({ length: 9 }, failNext);
  expect(states).toEqual([...Array(8).fill("reconnecting"), "offline"]);

  waitMs(server.sockets);
  server.shakeHands();
  server.socket.arriveClose(1006, "");
  server.flush();
  expect(provider.status.state).toBe("reconnecting");
  expect(failNext()).toBe("offline");
});

test.each([CloseCode.overloaded, CloseCode.tooFast])(
  "gives a server that closes with %i more time",
  (code) => {
    const { server } = start({ random: () => 0.5, backoffMsMax: 1000 });
    server.shakeHands();
    server.socket.arriveClose(code, "");
    server.flush();
    expect(waitMs(server.sockets)).toBe(600);
  },
);

test.each([CloseCode.staleEpoch, CloseCode.notAllowed, CloseCode.malformed])(
  "does not come back by itself after %i",
  (code) => {
    const { server, provider } = start();
    server.shakeHands();
    server.socket.arriveClose(code, "");
    server.flush();
    vi.advanceTimersByTime(600_000);
    expect([server.sockets.length, provider.status.state]).toEqual([1, "closed"]);
  },
);
