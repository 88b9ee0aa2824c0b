import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Gives back the memory that finished work of the calling thread left behind. V8 does so by itself when it needs
 * room, which a thread that is idle never does. Takes some tens of milliseconds.
 */
export function collectGarbage(): void {
  if (collect === undefined) {
    // The function exists only in contexts made while the flag is set; everybody else's stay without it.
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
    setFlagsFromString("--no-expose-gc");
  }
  collect();
  // Much of what it empties, V8 gives back only the next time.
  collect();
}
