import { afterPaint } from "./after-paint";

const inputs = ["keydown", "beforeinput", "compositionupdate", "pointerdown"] as const;

/** What waits for a paint waits no longer, painted or not: pages in the background are not. */
const patienceMs = 100;

/** For this time after a press was painted, one expects another. */
const rhythmMs = 250;

const waiting = new Set<() => void>();
let patience: ReturnType<typeof setTimeout> | undefined;
/** Calls off the wait for the paint of a press; undefined while none is under way. */
let callOffPaint: (() => void) | undefined;
let paintedAtMs = Number.NEGATIVE_INFINITY;
let listens = false;

/**
 * Calls `act` where it delays no press of this person: at once while they rest; while they type, as soon as a press is
 * painted, which leaves the most time until the next one. Others' edits do not come in between a key and its letter, and
 * cost no frame of their own. The same function waits once.
 */
export function behindInput(act: () => void): void {
  if (!listens) listen();
  if (callOffPaint === undefined && performance.now() - paintedAtMs > rhythmMs) {
    act();
    return;
  }
  waiting.add(act);
  patience ??= setTimeout(onPatienceLost, patienceMs);
}

function listen(): void {
  listens = true;
  for (const input of inputs) window.addEventListener(input, onInput, { capture: true, passive: true });
}

function onInput(): void {
  callOffPaint ??= afterPaint(onPaint);
}

function onPaint(): void {
  callOffPaint = undefined;
  paintedAtMs = performance.now();
  actAll();
}

function onPatienceLost(): void {
  callOffPaint?.();
  callOffPaint = undefined;
  actAll();
}

function actAll(): void {
  clearTimeout(patience);
  patience = undefined;
  const acts = [...waiting];
  waiting.clear();
  for (const act of acts) act();
}
