/** A page in the background is not painted: what must happen waits no longer there. */
const patienceMs = 100;

/** Calls `act` when what is being rendered was painted. Returns how to call it off. */
export function afterPaint(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(act);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** The same for what must happen in a page that is not painted, too: after a moment, there. */
export function afterPaintOrMoment(act: () => void): () => void {
  const callOff = () => {
    callOffPaint();
    clearTimeout(patience);
  };
  const actOnce = () => {
    callOff();
    act();
  };
  const callOffPaint = afterPaint(actOnce);
  const patience = setTimeout(actOnce, patienceMs);
  return callOff;
}
