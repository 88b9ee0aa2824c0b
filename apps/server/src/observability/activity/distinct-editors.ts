import { createHmac, randomBytes } from "node:crypto";
import { HyperLogLog } from "../sketches/hyper-log-log";

const precision = 14;
const saltBytes = 16;

/** What is kept of editors across restarts: nobody can be read out of it. */
export interface KeptEditors {
  /** Of the hashes; in base64, like all below. */
  readonly salt: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
  readonly ofDay: string;
  readonly ofMonth: string;
}

/**
 * How many different people edit something on a day and in a month, in UTC. Nobody's ID is kept: only hashes are counted,
 * with a salt that is another one each month.
 */
export class DistinctEditors {
  #salt: Uint8Array = randomBytes(saltBytes);
  #day: string;
  #ofDay = new HyperLogLog(precision);
  #ofMonth = new HyperLogLog(precision);

  /** @throws {RangeError} if `kept` has another form */
  constructor(nowMs: number, kept?: KeptEditors) {
    this.#day = kept?.day ?? dayOf(nowMs);
    if (kept === undefined) return;
    this.#salt = bytesOf(kept.salt);
    this.#ofDay = new HyperLogLog(precision, bytesOf(kept.ofDay));
    this.#ofMonth = new HyperLogLog(precision, bytesOf(kept.ofMonth));
  }

  add(editor: string, nowMs: number): void {
    this.#turn(nowMs);
    const hash = createHmac("sha256", this.#salt).update(editor).digest();
    const [high, low] = [hash.readUInt32BE(0), hash.readUInt32BE(4)];
    this.#ofDay.add(high, low);
    this.#ofMonth.add(high, low);
  }

  /** Estimates, with a standard deviation of {@link relativeError}. */
  counts(nowMs: number): { readonly day: number; readonly month: number } {
    this.#turn(nowMs);
    return { day: Math.round(this.#ofDay.estimate()), month: Math.round(this.#ofMonth.estimate()) };
  }

  get relativeError(): number {
    return this.#ofDay.relativeError;
  }

  kept(): KeptEditors {
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
    return {
      salt: text(this.#salt),
      day: this.#day,
      ofDay: text(this.#ofDay.registers),
      ofMonth: text(this.#ofMonth.registers),
    };
  }

  #turn(nowMs: number): void {
    const today = dayOf(nowMs);
    if (today === this.#day) return;
    if (monthOf(today) !== monthOf(this.#day)) {
      this.#salt = randomBytes(saltBytes);
      this.#ofMonth = new HyperLogLog(precision);
    }
    this.#ofDay = new HyperLogLog(precision);
    this.#day = today;
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Apart from the pool that short buffers share. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "base64"));
}
