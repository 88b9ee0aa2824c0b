/** How many bytes `value`, a safe integer, takes as lib0 writes it: seven bits in each, the lowest first. */
export function varUintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** Writes `value`, a safe integer, at `at`. @returns the offset just behind it */
export function writeVarUint(target: Uint8Array, at: number, value: number): number {
  let next = at;
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) target[next++] = 128 | (rest % 128);
  target[next++] = rest;
  return next;
}
