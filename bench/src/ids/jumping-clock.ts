/** From 0 to below 2^32, the same for the same seed: xorshift, which is fast and good enough to make trouble. */
function repeatableNumbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

interface JumpingClock {
  readonly now: () => number;
  /** How often it has gone back so far. */
  readonly stepsBack: () => number;
}

/** Readings of the true time for each of its milliseconds. */
const readingsPerMs = 1000;

/**
 * A clock that mostly stands still, and now and then jumps: up to ten seconds back from the true time, or up to 200
 * milliseconds around it. The true time goes on with the readings, so that generators that mint alike mint in the same
 * milliseconds. Farther ahead nothing jumps: a generator would stay there, alone, for millions of ids.
 */
export function jumpingClock(beginMs: number, seed: number): JumpingClock {
  const next = repeatableNumbers(seed);
  let readings = 0;
  let nowMs = beginMs;
  let stepsBack = 0;
  return {
    now: () => {
      readings++;
      const chance = next() % 10_000;
      if (chance < 6) {
        const trueMs = beginMs + Math.floor(readings / readingsPerMs);
        const jumped = trueMs + (chance === 0 ? -(next() % 10_001) : (next() % 401) - 200);
        if (jumped < nowMs) stepsBack++;
        nowMs = jumped;
      } else if (chance < 16) {
        nowMs += 1;
      }
      return nowMs;
    },
    stepsBack: () => stepsBack,
  };
}
