import type { Random } from "./random";

/** An operation that was asked for and has not completed. */
interface Operation {
  run: () => void;
  /** What may have happened of it when the process ends before it completes. */
  interrupt: (() => void) | undefined;
}

/** Time that passes only when the scheduler says so. */
export interface VirtualTime {
  advance(milliseconds: number): void;
}

/** Turns of the event loop without any operation after which a promise is taken to hang for ever. */
const idleTurnsMax = 400;

/** As many turns end a pause of work in the background. */
const pauseTurnsMax = 6;

const immediately = setImmediate;

/**
 * Completes asynchronous operations one at a time, in an order that `random` chooses among all that are
 * under way. So what a schedule does depends on its seed and on nothing else.
 */
export class Scheduler {
  /** Chooses what completes next. Schedules replace it, so that each step has its own luck. */
  random: Random;
  readonly #time: VirtualTime;
  #operations: Operation[] = [];

  constructor(random: Random, time: VirtualTime) {
    this.random = random;
    this.#time = time;
  }

  /** Asks for `effect`, which takes place when the scheduler gets to it. */
  perform<T>(effect: () => T, interrupt?: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(effect());
        } catch (error) {
          reject(error);
        }
      };
      this.#operations.push({ run, interrupt });
    });
  }

  /** Completes up to `count` operations, fewer if no more are asked for. */
  async advance(count: number): Promise<void> {
    let idle = 0;
    for (let done = 0; done < count && idle < pauseTurnsMax; ) {
      await turn();
      if (this.#completeOne()) {
        done += 1;
        idle = 0;
      } else {
        // Work in the background may be pausing.
        idle += 1;
        this.#time.advance(1);
      }
    }
    await turn();
  }

  /** Completes operations until `promise` settles; throws if it never does. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const note = () => {
      settled = true;
    };
    promise.then(note, note);
    for (let idle = 0; idle < idleTurnsMax; idle += 1) {
      await turn();
      if (settled) return await promise;
      if (this.#completeOne()) idle = 0;
      else this.#time.advance(25);
    }
    throw new Error("hangs: nothing is under way, and still it does not settle");
  }

  #completeOne(): boolean {
    if (this.#operations.length === 0) return false;
    const [operation] = this.#operations.splice(this.random.below(this.#operations.length), 1);
    this.#time.advance(1);
    operation?.run();
    return true;
  }

  /** The process ends: operations under way take effect, fully, partly or not at all, and nobody is told. */
  interrupt(): void {
    const operations = this.#operations;
    this.#operations = [];
    while (operations.length > 0) {
      const [operation] = operations.splice(this.random.below(operations.length), 1);
      if (operation?.interrupt !== undefined && this.random.chance(0.5)) attempt(operation.interrupt);
    }
  }
}

/** Nobody is left to hear of an error. */
function attempt(effect: () => void): void {
  try {
    effect();
  } catch {
    // It would have failed without the interruption, too.
  }
}

/** Lets everything run that does not wait for an operation. */
function turn(): Promise<void> {
  return new Promise((resolve) => immediately(resolve));
}
