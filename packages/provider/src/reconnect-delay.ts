import { CloseCode } from "@scriptorium/protocol";

interface LostConnection {
  /** Connections in a row, this one included, that were lost before they had synced; 1 for one that had. */
  readonly failures: number;
  /** Undefined where the socket reported none. */
  readonly closeCode: number | undefined;
  /** From 0 to below 1. */
  readonly random: number;
  readonly backoffMsMax: number;
}

const restartSpreadMs = 1000;
const overloadedFactor = 4;

/**
 * How long to wait before the next attempt to connect. Chance spreads the attempts: the clients of a server that stops
 * all lose their connections in the same instant, and would come back in the same instant, again and again.
 *
 * An ordinary loss waits for at least half the backoff. A server that restarts is expected back at once, so the first
 * attempt falls anywhere within a second. One that asked for less (too fast, overloaded) is given four times as long.
 */
export function reconnectDelayMs({ failures, closeCode, random, backoffMsMax }: LostConnection): number {
  if (closeCode === CloseCode.restarting && failures <= 1) {
    return random * Math.min(restartSpreadMs, backoffMsMax);
  }
  const factor = closeCode === CloseCode.tooFast || closeCode === CloseCode.overloaded ? overloadedFactor : 1;
  const backoffMs = factor * Math.min(100 * 2 ** failures, backoffMsMax);
  return backoffMs / 2 + (random * backoffMs) / 2;
}
