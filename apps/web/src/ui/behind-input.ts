import { afterPaint } from "./after-paint";

const inputs = ["keydown", "beforeinput", "compositionupdate", "pointerdown"] as const;

/** Pages that are not painted, in the background for instance, wait no longer. */
const patienceMs = 100;

/** What waits until the latest input was painted; undefined while there is none to paint. */
let waiting: Set<() => void> | undefined;
let listens = false;

/**
 * Calls `act` at once; where this person has just pressed something, as soon as that is painted: what others do does not
 * come in between. The same function waits once.
 */
export function behindInput(act: () => void): void {
  if (!listens) listen();
  if (waiting === undefined) act();
  else waiting.add(act);
}

function listen(): void {
  listens = true;
  for (const input of inputs) window.addEventListener(input, onInput, { capture: true, passive: true });
}

function onInput(): void {
  if (waiting !== undefined) return;
  waiting = new Set();
  const callOff = afterPaint(end);
  const patience = setTimeout(end, patienceMs);
  function end() {
    callOff();
    clearTimeout(patience);
    const acts = waiting ?? [];
    waiting = undefined;
    for (const act of acts) act();
  }
}
