const samplesMax = 256;
const keptSeconds = 300;

export interface LatencySummary {
  /** Null without samples. */
  readonly durableP50Ms: number | null;
  readonly durableP99Ms: number | null;
  readonly samples: number;
}

export const noLatency: LatencySummary = { durableP50Ms: null, durableP99Ms: null, samples: 0 };

/** The newest latencies: at most 256, none older than five minutes. Taking one allocates nothing. */
export class LatencySamples {
  readonly #ms = new Float32Array(samplesMax);
  /** When each was taken, in seconds. */
  readonly #at = new Float32Array(samplesMax);
  #taken = 0;

  /** @param nowMs of a clock that only rises */
  add(latencyMs: number, nowMs: number): void {
    const slot = this.#taken % samplesMax;
    this.#ms[slot] = latencyMs;
    this.#at[slot] = nowMs / 1000;
    this.#taken += 1;
  }

  summary(nowMs: number): LatencySummary {
    const since = nowMs / 1000 - keptSeconds;
    const kept = this.#ms
      .subarray(0, Math.min(this.#taken, samplesMax))
      .filter((_ms, slot) => (this.#at[slot] ?? 0) >= since)
      .sort();
    if (kept.length === 0) return noLatency;
    return {
      durableP50Ms: percentile(kept, 0.5),
      durableP99Ms: percentile(kept, 0.99),
      samples: kept.length,
    };
  }
}

/** The smallest of ascending values that is no less than such a share of them, to a hundredth. */
function percentile(ascending: Float32Array, share: number): number {
  const value = ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
  return Math.round(value * 100) / 100;
}
