const signs = ["keydown", "pointerdown", "wheel", "touchmove"] as const;

/** So long without a sign of the reader's is a rest. */
const restMs = 2000;
/** Nobody is waited for any longer. */
const patienceMs = 60_000;

/**
 * Calls `act` once the reader rests: for work that nobody waits for, and that would take the machine from who types.
 *
 * @param reader where keys, fingers and pointers arrive
 */
export function atRest(act: () => void, reader: EventTarget = window): void {
  const begin = () => {
    clearTimeout(rest);
    clearTimeout(patience);
    for (const sign of signs) reader.removeEventListener(sign, wait, { capture: true });
    act();
  };
  const wait = () => {
    clearTimeout(rest);
    rest = setTimeout(begin, restMs);
  };
  const patience = setTimeout(begin, patienceMs);
  let rest = setTimeout(begin, restMs);
  for (const sign of signs) reader.addEventListener(sign, wait, { capture: true, passive: true });
}
